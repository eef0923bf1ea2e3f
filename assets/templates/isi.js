/* The form works without this. With it, each answer is kept on the phone at once and sent again by itself until the
   server has acknowledged it. No library, no service worker, no crypto.subtle: it also runs over plain http. */
(function () {
  "use strict";
  var AWALAN = "isi:", TANDA = "isi-terima:", LAIN = "Belum diterima server.", BANYAK = 6, SIMPAN = 60 * 864e5;
  var kamar = buka();
  var tubuh = document.body, tautan = tubuh.getAttribute("data-tautan");
  var el = function (id) { return document.getElementById(id); };
  var formulir = el("formulir"), nama = formulir && AWALAN + formulir.getAttribute("data-draf");
  var ingatan = {}; // what this page knows when the phone refuses to keep it
  var gagalSimpan = false, jalan = {}, gagal = 0, jadwal = null, tunda = 0;

  function buka() {
    try {
      var l = window.localStorage;
      l.setItem("isi-coba", "1");
      l.removeItem("isi-coba");
      return l;
    } catch (e) { return null; }
  }
  function baca(k) {
    var teks = null;
    if (gagalSimpan && ingatan[k]) { return ingatan[k]; } // newer than what the phone still has
    try { teks = kamar && kamar.getItem(k); } catch (e) { /* taken away meanwhile */ }
    if (!teks) { return ingatan[k] || null; }
    try { return JSON.parse(teks); } catch (e) { return ingatan[k] || null; }
  }
  function tulis(k, isi) {
    var teks = JSON.stringify(isi);
    ingatan[k] = isi;
    try {
      kamar.setItem(k, teks);
      gagalSimpan = kamar.getItem(k) !== teks;
    } catch (e) { gagalSimpan = true; }
    return !gagalSimpan;
  }
  function hapus(k) {
    delete ingatan[k];
    try { kamar.removeItem(k); } catch (e) { /* nothing was kept */ }
  }
  function semua() {
    var nama = {}, i, k;
    for (k in ingatan) { nama[k] = 1; }
    try { for (i = 0; i < kamar.length; i++) { nama[kamar.key(i)] = 1; } } catch (e) { /* only this page's own */ }
    return Object.keys(nama).filter(function (k) { return k.indexOf(AWALAN) === 0; });
  }
  function uuid() {
    var b = [], i, c = window.crypto || window.msCrypto;
    if (c && c.getRandomValues) { b = c.getRandomValues(new Uint8Array(16)); }
    else { for (i = 0; i < 16; i++) { b[i] = Math.floor(Math.random() * 256); } }
    b[6] = b[6] & 15 | 64;
    b[8] = b[8] & 63 | 128;
    var s = "";
    for (i = 0; i < 16; i++) {
      s += (i === 4 || i === 6 || i === 8 || i === 10 ? "-" : "") + (b[i] + 256).toString(16).slice(1);
    }
    return s;
  }
  function tampil(id, ya) { if (el(id)) { el(id).hidden = !ya; } }
  function kata(jenis, teks) {
    var k = el("keadaan");
    if (k && k.textContent !== teks) { k.className = "keadaan " + jenis; k.textContent = teks; }
  }
  function banyak(d) {
    var n = {}, k;
    for (k in d.v) { if (d.v[k].length) { n[k.split(".")[1]] = 1; } }
    return Object.keys(n).length;
  }

  /* --- the queue: every submission of this phone that is not acknowledged, whichever page is open --- */
  function menunggu() { return semua().filter(function (k) { var d = baca(k); return d && d.s === "kirim"; }); }
  function hitung() {
    var n = 0;
    menunggu().forEach(function (k) { n += banyak(baca(k)); });
    tampil("tertunda", n > 0);
    if (el("tertunda")) { el("tertunda").textContent = n ? n + " jawaban belum terkirim." : ""; }
    return n;
  }
  function sah(teks, d) {
    var j;
    try { j = JSON.parse(teks); } catch (e) { return null; }
    return j && typeof j.kunci === "string" && j.kunci === d.k && typeof j.hash === "string" && j.hash.length === 64 &&
      String(j.status).indexOf("diterima") === 0 ? j : null;
  }
  function kirim(k) {
    var d = baca(k), x = new XMLHttpRequest(), selesai = false;
    if (!d || d.s !== "kirim" || jalan[k]) { return; }
    jalan[k] = 1;
    if (k === nama) { kata("tunggu", tersimpan() + " Sedang mengirim…"); }
    function usai(status, teks) {
      var j = null, kini;
      if (selesai) { return; }
      selesai = true;
      delete jalan[k];
      kini = baca(k);
      if (!kini || kini.k !== d.k) { return; } // another tab was faster
      if (status === 200 && (j = sah(teks, d))) {
        gagal = 0;
        tulis(TANDA + k.slice(AWALAN.length), { kode: j.kode_terima, pukul: j.pukul, s: j.status });
        hapus(k);
        if (!hitung() && k !== nama) { // something that waited from another page or for another person
          tampil("tertunda", true);
          el("tertunda").textContent = "Jawaban yang tertunda sudah diterima pukul " + j.pukul + ". Kode terima: " + j.kode_terima + ".";
          tampil("sisa", false);
        }
        if (k === nama) { diterima(j); }
        return;
      }
      try { j = JSON.parse(teks); } catch (e) { j = null; }
      // Only our own refusal ends the trying; a page of the hotel's network, 408, 429 and 5xx mean: not received.
      if (j && j.status === "ditolak" && status >= 400 && status < 500 && status !== 408 && status !== 429) {
        kini.s = "tolak";
        kini.kode = j.kode;
        tulis(k, kini);
        hitung();
        if (k === nama) { ditolak(j); } else { sisa(); }
        return;
      }
      gagal++;
      if (k === nama) {
        kata("tunggu", tersimpan() + " " + LAIN + " Dicoba lagi sendiri; biarkan halaman ini terbuka.");
        tampil("cadangan", gagal >= 3);
      }
      nanti(x.status === 429 || x.status === 503 ? Number(x.getResponseHeader("Retry-After")) || 0 : 0);
    }
    x.open("POST", "/isi/" + d.l);
    x.timeout = 20000;
    x.setRequestHeader("Content-Type", "application/json");
    x.setRequestHeader("Accept", "application/json");
    x.onload = function () { usai(x.status, x.responseText); };
    x.onerror = x.ontimeout = x.onabort = function () { usai(0, ""); };
    try { x.send(d.b); } catch (e) { usai(0, ""); }
  }
  function nanti(paling) {
    // Doubling up to half a minute, and never all phones of the hall at the same instant.
    tunda = Math.min(30, tunda ? tunda * 2 : 2);
    if (jadwal) { clearTimeout(jadwal); }
    jadwal = setTimeout(antre, Math.max(tunda * (0.7 + Math.random() * 0.6), Math.min(paling, 60)) * 1000);
  }
  function antre() {
    jadwal = null;
    menunggu().forEach(kirim);
    hitung();
  }
  function bungkus(k, d) {
    var n, isi = { kunci: d.k, mulai: d.m, persetujuan: d.p };
    for (n in d.v) { if (d.v[n].length) { isi[n] = d.v[n].length > 1 ? d.v[n] : d.v[n][0]; } }
    d.b = JSON.stringify(isi); // from now on the same key always carries the same content
    d.s = "kirim";
    tulis(k, d);
  }
  function segera() { if (menunggu().length) { tunda = 0; antre(); } }

  /* --- the form --- */
  function tersimpan() {
    return gagalSimpan ? "PONSEL INI TIDAK DAPAT MENYIMPAN. Jangan tutup halaman ini sebelum jawaban diterima."
      : "Tersimpan di ponsel ini.";
  }
  function draf() {
    var d = baca(nama);
    if (!d || !d.k) {
      d = { k: uuid(), l: tautan, v: {}, s: "draf", m: formulir.elements.mulai.value, p: formulir.elements.persetujuan.value };
      tulis(nama, d);
      d = baca(nama); // of two tabs that began at the same instant, both take the key that was kept
    }
    return d;
  }
  function isian() { return Array.prototype.slice.call(formulir.querySelectorAll("[name^='butir.']")); }
  function nilai(n) {
    return isian().filter(function (i) { return i.name === n && penuh(i); }).map(function (i) { return i.value; });
  }
  function pulihkan(d) {
    isian().forEach(function (i) {
      var v = d.v[i.name];
      if (i.type === "radio" || i.type === "checkbox") { i.checked = !!v && v.indexOf(i.value) >= 0; }
      else if (i !== document.activeElement) { i.value = v && v.length ? v[0] : ""; }
    });
  }
  function penuh(i) { return i.type === "radio" || i.type === "checkbox" ? i.checked : i.value.trim() !== ""; }
  function dalam(k) { return Array.prototype.slice.call(k.querySelectorAll("[name^='butir.']")).filter(penuh); }
  function terisi(kotak) {
    var ada = {};
    dalam(kotak).forEach(function (i) { ada[i.name] = 1; });
    return Object.keys(ada).length >= (Number(kotak.getAttribute("data-baris")) || 1);
  }
  function kotak() { return Array.prototype.slice.call(formulir.querySelectorAll("[data-butir]")); }
  function kemajuan() {
    var n = kotak().filter(terisi).length;
    el("kemajuan").textContent = n + " dari " + formulir.getAttribute("data-jumlah") + " terisi";
  }
  function simpan(i) {
    var d = draf();
    if (d.s === "kirim") { return; }
    if (d.s === "tolak") { d.s = "draf"; }
    d.v[i.name] = nilai(i.name);
    d.t = Date.now();
    tulis(nama, d);
    kata(gagalSimpan ? "gagal" : "", tersimpan());
    tampil("cadangan", gagalSimpan);
    kemajuan();
  }
  function kunci(ya) {
    isian().forEach(function (i) { i.disabled = ya; });
    el("kirim").disabled = ya;
    el("kirim").textContent = ya ? "Sedang dikirim…" : "Kirim jawaban";
  }
  function ringkas(teks, daftar) {
    var ul = el("ringkasan-daftar");
    ul.textContent = "";
    kotak().forEach(function (k) { k.classList.remove("salah"); tampil("m-" + k.getAttribute("data-butir"), false); });
    daftar.forEach(function (satu) {
      var k = el("butir-" + satu.butir), li = document.createElement("li"), a = document.createElement("a"), m = el("m-" + satu.butir);
      if (!k) { return; }
      k.classList.add("salah");
      m.textContent = satu.pesan;
      m.hidden = false;
      a.href = "#butir-" + satu.butir;
      a.textContent = "Nomor " + k.querySelector(".nomor").textContent.replace(".", "") + ": " + satu.pesan;
      a.onclick = function (e) { e.preventDefault(); k.scrollIntoView(); (k.querySelector("input,textarea") || k).focus(); };
      li.appendChild(a);
      if (ul.children.length < BANYAK) { ul.appendChild(li); }
    });
    if (daftar.length > BANYAK) {
      ul.appendChild(document.createElement("li")).textContent = "dan " + (daftar.length - BANYAK) + " butir lain yang ditandai di bawah.";
    }
    el("ringkasan-teks").textContent = teks;
    tampil("ringkasan", true);
    el("ringkasan").scrollIntoView();
    el("ringkasan").focus();
  }
  function ajukan(e) {
    var d = draf(), kurang;
    e.preventDefault();
    if (d.s === "kirim") { segera(); return; } // the button pressed twice
    kurang = kotak().filter(function (k) { return k.getAttribute("data-wajib") === "1" && !terisi(k); });
    if (kurang.length) {
      ringkas(kurang.length + " butir belum diisi.", kurang.map(function (k) {
        return { butir: k.getAttribute("data-butir"), pesan: "Belum diisi." };
      }));
      return;
    }
    tampil("ringkasan", false);
    isian().forEach(function (i) { d.v[i.name] = nilai(i.name); });
    bungkus(nama, d);
    kunci(true);
    tunda = 0;
    antre();
  }
  function diterima(j) {
    var terlambat = String(j.status).indexOf("terlambat") > 0;
    formulir.hidden = true;
    tampil("cadangan", false);
    tampil("ringkasan", false);
    kata("baik", (terlambat ? "Diterima, terlambat, pukul " : "Diterima pukul ") + j.pukul + ". Kode terima: " + j.kode_terima + "." +
      (terlambat ? " Pemandu memutuskan apakah jawaban ini dihitung." : " Anda dapat menutup halaman ini."));
    el("keadaan").setAttribute("tabindex", "-1");
    el("keadaan").focus();
    window.scrollTo(0, 0);
  }
  function ditolak(j) {
    kunci(false);
    tampil("cadangan", true);
    tampil("baru", j.kode === "kunci_sudah_dipakai");
    kata("gagal", j.pesan + " " + (j.tindakan || "") + " " + tersimpan());
    if (j.rincian && j.rincian.length) { ringkas(j.pesan, j.rincian); }
  }
  function teksJawaban() {
    var d = draf(), baris = [document.title, "Kunci: " + d.k];
    kotak().forEach(function (k) {
      var v = dalam(k).map(function (i) { return i.value; });
      baris.push(k.getAttribute("data-butir") + ": " + (v.join("; ") || "-"));
    });
    return baris.join("\n");
  }
  function salin() {
    var t = document.createElement("textarea"), bisa = false;
    t.value = teksJawaban();
    tubuh.appendChild(t);
    t.select();
    try { bisa = document.execCommand("copy"); } catch (e) { /* shown below */ }
    if (bisa) { tubuh.removeChild(t); }
    el("salin").textContent = bisa ? "Jawaban sudah disalin" : "Salin dari kotak di bawah";
  }
  function unduh() {
    var a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([teksJawaban()], { type: "text/plain" }));
    a.download = "jawaban-" + tautan + ".txt";
    tubuh.appendChild(a);
    a.click();
    tubuh.removeChild(a);
  }
  function mulaiFormulir() {
    var d = draf();
    pulihkan(d);
    kemajuan();
    formulir.addEventListener("change", function (e) { if (e.target.name) { simpan(e.target); } });
    formulir.addEventListener("input", function (e) { if (e.target.type !== "radio" && e.target.type !== "checkbox") { simpan(e.target); } });
    formulir.addEventListener("submit", ajukan);
    el("salin").onclick = salin;
    el("unduh").onclick = unduh;
    el("baru").onclick = function () {
      var d = draf();
      d.k = uuid();
      d.s = "draf";
      tulis(nama, d);
      tampil("baru", false);
      el("kirim").click();
    };
    if (gagalSimpan) { kata("gagal", tersimpan()); }
    else if (banyak(d)) { kata("", tersimpan() + " Jawaban Anda yang tadi dimuat kembali."); }
    if (d.s === "kirim") { kunci(true); kata("tunggu", tersimpan() + " " + LAIN); }
    window.addEventListener("storage", function (e) {
      var t, b = e.key === nama ? baca(nama) : null;
      if (e.key !== nama) { return; }
      if (e.newValue === null) {
        delete ingatan[nama];
        t = baca(TANDA + nama.slice(AWALAN.length));
        if (t) { diterima({ status: t.s, pukul: t.pukul, kode_terima: t.kode }); }
      } else if (b) { pulihkan(b); kemajuan(); kunci(b.s === "kirim"); }
    });
    window.addEventListener("beforeunload", function (e) {
      var d = baca(nama);
      if (gagalSimpan && d && banyak(d)) { e.preventDefault(); e.returnValue = ""; }
    });
  }

  /* --- a closed form: what was begun on this phone may still be sent --- */
  function sisa() {
    var d, k, ada = semua().filter(function (k) { d = baca(k); return d && d.l === tautan && d.s !== "kirim" && banyak(d); });
    if (!el("sisa") || tubuh.getAttribute("data-tutup") !== "1") { return; }
    tampil("sisa", ada.length > 0);
    if (!ada.length) { return; }
    k = ada[0];
    d = baca(k);
    el("sisa-teks").textContent = banyak(d) + " jawaban sudah dimulai di ponsel ini." +
      (d.s === "tolak" ? " Belum dapat diterima: masih ada butir wajib yang kosong. Hubungi panitia." : "");
    el("sisa-kirim").onclick = function () {
      bungkus(k, d);
      tampil("sisa-kirim", false);
      segera();
    };
  }

  /* --- the code of a card: it stands behind the #, which never reaches a server --- */
  function kartu() {
    var m = /[#&]k=([^&]+)/.exec(window.location.hash), kode, cek = tubuh.getAttribute("data-cek"), n = 7, i;
    if (!m) { return; }
    try { kode = decodeURIComponent(m[1]); } catch (e) { kode = m[1]; }
    kode = kode.toUpperCase().replace(/[^0-9A-Z]/g, "");
    if (el("kode")) { el("kode").value = kode.length === 8 ? kode.slice(0, 4) + "-" + kode.slice(4) : kode; }
    for (i = 0; i < kode.length; i++) { n = (n * 31 + kode.charCodeAt(i)) % 65521; }
    if (el("kartu-lain") && cek && String(n) !== cek) {
      el("kartu-lain").action = "/isi/keluar#k=" + encodeURIComponent(kode);
      tampil("kartu-lain", true);
      tampil("formulir", false);
    } else if (window.history.replaceState) {
      window.history.replaceState(null, "", window.location.pathname + window.location.search);
    }
  }

  semua().forEach(function (k) { // begun, never sent, and nobody's business any more
    var d = baca(k);
    if (d && d.s !== "kirim" && d.t && Date.now() - d.t > SIMPAN) { hapus(k); }
  });
  if (formulir) { mulaiFormulir(); }
  kartu();
  sisa();
  window.addEventListener("hashchange", kartu); // another card was scanned into the same tab
  window.addEventListener("online", segera);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { segera(); } });
  window.addEventListener("pageshow", segera);
  segera();
  hitung();
})();
