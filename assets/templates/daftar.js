/* The pages work without this, save for photographs. With it, every entry and photograph is kept on the phone at once and
   sent again by itself, a photograph from where it stopped, until the server has acknowledged it with its own key and
   hash. No library, no service worker, no crypto.subtle: it also runs over plain http. */
(function () {
  "use strict";
  var AWALAN = "daftar:", SIMPAN = 60 * 864e5, POTONG = 48000, SISI = 1600, LAIN = "Belum diterima server.";
  var kamar = buka(), tubuh = document.body;
  var el = function (id) { return document.getElementById(id); };
  var formulir = el("formulir"), biasa = formulir && formulir.getAttribute("data-biasa") === "1";
  var nama = formulir && AWALAN + formulir.getAttribute("data-draf");
  var ingatan = {}, foto = {}; // what this page knows when the phone refuses to keep it
  var gagalSimpan = false, gagalFoto = false, jalan = {}, gagal = 0, jadwal = null, tunda = 0, sibuk = 0;

  /* --- what the phone keeps --- */
  function buka() {
    try {
      var l = window.localStorage;
      l.setItem("daftar-coba", "1");
      l.removeItem("daftar-coba");
      return l;
    } catch (e) { return null; }
  }
  function baca(k) {
    var teks = null;
    if (gagalSimpan && ingatan[k]) { return ingatan[k]; }
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
    var ada = {}, i, k;
    for (k in ingatan) { ada[k] = 1; }
    try { for (i = 0; i < kamar.length; i++) { ada[kamar.key(i)] = 1; } } catch (e) { /* only this page's own */ }
    return Object.keys(ada).filter(function (k) { return k.indexOf(AWALAN) === 0; });
  }
  function gudang(cara, kerja, usai) { // one step in the store of photographs; usai(null) when there is no such store
    var minta;
    try { minta = window.indexedDB.open("pilar-daftar", 1); } catch (e) { usai(null); return; }
    minta.onupgradeneeded = function () { minta.result.createObjectStore("berkas"); };
    minta.onerror = minta.onblocked = function () { usai(null); };
    minta.onsuccess = function () {
      var db = minta.result, t, r;
      try {
        t = db.transaction("berkas", cara);
        r = kerja(t.objectStore("berkas"));
      } catch (e) { db.close(); usai(null); return; }
      t.oncomplete = function () { db.close(); usai({ isi: r.result }); };
      t.onabort = t.onerror = function () { db.close(); usai(null); };
    };
  }
  function taruh(k, isi, usai) {
    gudang("readwrite", function (s) { return s.put(isi.buffer, k); }, function (j) {
      if (!j) { foto[k] = isi; gagalFoto = true; }
      usai();
    });
  }
  function ambil(k, usai) {
    if (foto[k]) { usai(foto[k]); return; }
    gudang("readonly", function (s) { return s.get(k); }, function (j) {
      usai(j && j.isi ? new Uint8Array(j.isi) : null);
    });
  }
  function buang(k) {
    delete foto[k];
    gudang("readwrite", function (s) { return s.delete(k); }, function () { /* gone, or never there */ });
  }

  /* --- keys and hashes --- */
  function uuid() {
    var b = [], i, c = window.crypto || window.msCrypto, s = "";
    if (c && c.getRandomValues) { b = c.getRandomValues(new Uint8Array(16)); }
    else { for (i = 0; i < 16; i++) { b[i] = Math.floor(Math.random() * 256); } }
    b[6] = b[6] & 15 | 64;
    b[8] = b[8] & 63 | 128;
    for (i = 0; i < 16; i++) {
      s += (i === 4 || i === 6 || i === 8 || i === 10 ? "-" : "") + (b[i] + 256).toString(16).slice(1);
    }
    return s;
  }
  var K = (function () { // the first 32 bits of the cube roots of the first 64 primes
    var k = [], n = 2, j;
    while (k.length < 64) {
      for (j = 2; j * j <= n && n % j; j++) { /* the next divisor */ }
      if (j * j > n) { k.push((Math.pow(n, 1 / 3) % 1) * 4294967296 | 0); }
      n++;
    }
    return k;
  })();
  function sidik(isi) {
    var h = [0x6a09e667, 0xbb67ae85 | 0, 0x3c6ef372, 0xa54ff53a | 0, 0x510e527f, 0x9b05688c | 0, 0x1f83d9ab, 0x5be0cd19];
    var n = isi.length, besar = ((n + 8 >> 6) + 1) * 64, ekor = new Uint8Array(besar - (n >> 6 << 6)), w = new Int32Array(64);
    var p, i, a, b, c, d, e, f, g, x, s0, s1, dari, t;
    ekor.set(isi.subarray(n >> 6 << 6));
    ekor[n & 63] = 128;
    for (i = 0, t = n * 8; i < 8; i++) { ekor[ekor.length - 1 - i] = t % 256; t = Math.floor(t / 256); }
    for (p = 0; p < besar; p += 64) {
      dari = p < (n >> 6 << 6) ? isi : ekor;
      t = dari === isi ? p : p - (n >> 6 << 6);
      for (i = 0; i < 16; i++, t += 4) { w[i] = dari[t] << 24 | dari[t + 1] << 16 | dari[t + 2] << 8 | dari[t + 3]; }
      for (; i < 64; i++) {
        x = w[i - 15]; s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
        x = w[i - 2]; s1 = (x >>> 17 | x << 15) ^ (x >>> 19 | x << 13) ^ x >>> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
      }
      a = h[0]; b = h[1]; c = h[2]; d = h[3]; e = h[4]; f = h[5]; g = h[6]; x = h[7];
      for (i = 0; i < 64; i++) {
        s1 = x + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
        s0 = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
        x = g; g = f; f = e; e = d + s1 | 0; d = c; c = b; b = a; a = s1 + s0 | 0;
      }
      [a, b, c, d, e, f, g, x].forEach(function (v, i) { h[i] = h[i] + v | 0; });
    }
    return h.map(function (v) { return ("0000000" + (v >>> 0).toString(16)).slice(-8); }).join("");
  }
  function bita(teks) { // UTF-8
    var s = unescape(encodeURIComponent(teks)), b = new Uint8Array(s.length), i;
    for (i = 0; i < s.length; i++) { b[i] = s.charCodeAt(i); }
    return b;
  }

  /* --- words on the page --- */
  function tampil(id, ya) { if (el(id)) { el(id).hidden = !ya; } }
  function isi(id, teks) { if (el(id) && el(id).textContent !== teks) { el(id).textContent = teks; } }
  function kata(jenis, teks) {
    var k = el("keadaan");
    if (k && k.textContent !== teks) { k.className = "keadaan " + jenis; k.textContent = teks; }
  }
  function tersimpan() {
    if (gagalSimpan) { return "PONSEL INI TIDAK DAPAT MENYIMPAN. Jangan tutup halaman ini sebelum diterima."; }
    if (gagalFoto) { return "Isian tersimpan di ponsel ini, FOTO TIDAK. Jangan tutup halaman ini sebelum semua foto terkirim."; }
    return "Tersimpan di ponsel ini.";
  }
  function jumlah(d) {
    var f = d.f || [];
    return { semua: f.length, sudah: f.filter(function (b) { return b.y; }).length, salah: f.filter(function (b) { return b.x; }).length };
  }
  function kataBerkas(d) {
    var n = jumlah(d), sisa = n.semua - n.sudah - n.salah;
    if (!n.semua) { return ""; }
    return n.sudah + " dari " + n.semua + " berkas terkirim" +
      (sisa ? ", sisanya menunggu jaringan. Biarkan halaman ini terbuka, atau buka lagi nanti." : ".") +
      (n.salah ? " " + n.salah + " berkas tidak diterima; lihat keterangannya." : "");
  }

  /* --- the queue: every application and photograph of this phone that is not acknowledged --- */
  function minta(cara, alamat, kepala, badan, usai) {
    var x = new XMLHttpRequest(), n, selesai = false;
    function akhir(status) {
      var j = null;
      if (selesai) { return; }
      selesai = true;
      try { j = JSON.parse(x.responseText); } catch (e) { j = null; } // a portal's page is no answer of ours
      usai(j ? status : status === 200 ? 0 : status, j, Number(x.getResponseHeader("Retry-After")) || 0);
    }
    x.open(cara, alamat);
    x.timeout = 30000;
    x.setRequestHeader("Accept", "application/json");
    for (n in kepala) { x.setRequestHeader(n, kepala[n]); }
    x.onload = function () { akhir(x.status); };
    x.onerror = x.ontimeout = x.onabort = function () { akhir(0); };
    try { x.send(badan); } catch (e) { akhir(0); }
  }
  function tolakan(status, j) { // only our own refusal ends the trying
    return j && j.status === "ditolak" && status >= 400 && status < 500 && status !== 408 && status !== 429;
  }
  function nanti(paling) {
    tunda = Math.min(30, tunda ? tunda * 2 : 2);
    if (jadwal) { clearTimeout(jadwal); }
    jadwal = setTimeout(antre, Math.max(tunda * (0.7 + Math.random() * 0.6), Math.min(paling, 60)) * 1000);
  }
  function antre() {
    jadwal = null;
    semua().forEach(function (k) {
      var d = baca(k);
      if (d && d.s === "kirim") { kirim(k); }
      if (d && d.s === "diterima") { unggah(k); }
    });
    hitung();
  }
  function segera() { tunda = 0; antre(); }
  function hitung() {
    var n = 0, b = 0;
    semua().forEach(function (k) {
      var d = baca(k), j;
      if (!d || k === nama) { return; }
      j = jumlah(d);
      if (d.s === "kirim") { n++; }
      if (d.s === "diterima") { b += j.semua - j.sudah - j.salah; }
    });
    tampil("tertunda", n + b > 0);
    isi("tertunda", (n ? n + " pengajuan belum terkirim. " : "") + (b ? b + " berkas belum terkirim." : ""));
    daftarPonsel();
  }
  function kirim(k) {
    var d = baca(k);
    if (!d || d.s !== "kirim" || jalan[k]) { return; }
    jalan[k] = 1;
    if (k === nama) { kata("tunggu", tersimpan() + " Sedang mengirim…"); }
    minta("POST", d.w, { "Content-Type": "application/json" }, d.b, function (status, j, paling) {
      var kini = baca(k);
      delete jalan[k];
      if (!kini || kini.k !== d.k || kini.s !== "kirim") { return; } // another tab was faster
      if (status === 200 && j.status === "diterima" && j.kunci === d.k && j.hash === d.h) {
        gagal = 0;
        kini.s = "diterima";
        kini.tiket = j.tiket;
        kini.waktu = j.waktu;
        delete kini.v; // what was entered is the server's now
        delete kini.b;
        tulis(k, kini);
        if (k === nama) { diterima(kini); }
        segera();
        return;
      }
      if (tolakan(status, j)) {
        kini.s = "tolak";
        tulis(k, kini);
        if (k === nama) { ditolak(j); }
        hitung();
        return;
      }
      gagal++;
      if (k === nama) {
        kata("tunggu", tersimpan() + " " + LAIN + " Dicoba lagi sendiri; biarkan halaman ini terbuka.");
        tampil("cadangan", gagal >= 3);
      }
      nanti(paling);
    });
  }
  function unggah(k) { // one photograph after the other
    var d = baca(k), b = null, i;
    if (!d || jalan["f" + k]) { return; }
    for (i = 0; i < (d.f || []).length && !b; i++) { if (!d.f[i].y && !d.f[i].x) { b = d.f[i]; } }
    if (!b) { return; }
    jalan["f" + k] = 1;
    ambil(b.k, function (isi) {
      if (!isi) { catat(k, b.k, { x: "Foto tidak ada lagi di ponsel ini. Pilih sekali lagi." }); lepas(); return; }
      potong(isi, b.n || 0);
    });
    function lepas() { delete jalan["f" + k]; unggah(k); }
    function potong(isi, dari) {
      minta("PUT", "/daftar/berkas/" + b.k + "?dari=" + dari, {
        "Content-Type": "application/octet-stream", "Berkas-Pengajuan": d.k, "Berkas-Syarat": b.s, "Berkas-Jenis": b.j,
        "Berkas-Ukuran": isi.length, "Berkas-Sidik": b.h, "Berkas-Nama": encodeURIComponent(b.a)
      }, isi.slice(dari, dari + POTONG), function (status, j, paling) {
        if (!catat(k, b.k, {})) { delete jalan["f" + k]; return; } // taken out meanwhile
        if (status === 200 && j.selesai === true && j.sampai === isi.length) {
          catat(k, b.k, { n: j.sampai, y: 1 });
          buang(b.k);
          tunda = 0;
          lepas();
        } else if ((status === 200 || status === 409) && typeof j.sampai === "number") {
          tunda = 0;
          catat(k, b.k, { n: j.sampai });
          potong(isi, j.sampai);
        } else if (tolakan(status, j)) {
          catat(k, b.k, { x: j.pesan + " " + (j.tindakan || "") });
          buang(b.k);
          lepas();
        } else {
          delete jalan["f" + k];
          nanti(paling);
        }
      });
    }
  }
  function catat(k, kunci, baru) { // changes what is known of one photograph; false when it is gone
    var d = baca(k), ada = false, n;
    ((d && d.f) || []).forEach(function (b) {
      if (b.k === kunci) { ada = true; for (n in baru) { b[n] = baru[n]; } }
    });
    if (ada && Object.keys(baru).length) {
      tulis(k, d);
      if (k === nama) { lembar(); keadaanBerkas(d); }
      hitung();
    }
    return ada;
  }
  function keadaanBerkas(d) {
    isi("tanda-berkas", kataBerkas(d));
    if (biasa && jumlah(d).semua) { kata(jumlah(d).sudah === jumlah(d).semua ? "baik" : "tunggu", kataBerkas(d)); }
  }

  /* --- the form --- */
  function isian() {
    return Array.prototype.slice.call(formulir.elements).filter(function (i) {
      return /^(isian\.|pengaju)/.test(i.name) && i.type !== "hidden";
    });
  }
  function nilai() {
    var v = {};
    isian().forEach(function (i) {
      if (i.type !== "checkbox") { v[i.name] = i.value; return; }
      v[i.name] = v[i.name] || [];
      if (i.checked) { v[i.name].push(i.value); }
    });
    return v;
  }
  function draf() {
    var d = baca(nama);
    if (!d || !d.k) {
      d = { k: formulir.getAttribute("data-pengajuan") || uuid(), w: formulir.getAttribute("action"), s: biasa ? "diterima" : "draf", f: [],
        judul: formulir.getAttribute("data-judul"), url: window.location.pathname + window.location.search };
      tulis(nama, d);
      d = baca(nama); // of two tabs that began at the same instant, both take the key that was kept
    }
    return d;
  }
  function simpan() {
    var d = draf();
    if (d.s === "kirim" || (d.s === "diterima" && !biasa)) { return; }
    if (d.s === "tolak") { d.s = "draf"; }
    d.v = nilai();
    d.t = Date.now();
    tulis(nama, d);
    if (!biasa || !jumlah(d).semua) { kata(gagalSimpan ? "gagal" : "", tersimpan()); }
    tampil("cadangan", gagalSimpan && !biasa);
  }
  function pulihkan(d) {
    if (!d.v) { return; }
    isian().forEach(function (i) {
      var v = d.v[i.name];
      if (v === undefined) { return; }
      if (i.type === "checkbox") { i.checked = v.indexOf(i.value) >= 0; }
      else if (i !== document.activeElement) { i.value = v; }
    });
  }
  function bersih(masukan) { // what is being mended is no longer told to be wrong
    var k = masukan, m;
    while (k && k !== formulir && !/^isian-/.test(k.id || "")) { k = k.parentNode; }
    m = k && k !== formulir ? el("m-" + k.id.slice(6)) : null;
    if (m) { k.classList.remove("salah"); m.hidden = true; }
  }
  function kunci(ya) {
    Array.prototype.forEach.call(formulir.elements, function (i) { i.disabled = ya; });
    isi("kirim", ya ? "Sedang dikirim…" : formulir.getAttribute("data-kirim"));
  }
  function ringkas(teks, daftar) {
    var ul = el("ringkasan-daftar");
    ul.textContent = "";
    Array.prototype.forEach.call(formulir.querySelectorAll("[data-isian]"), function (k) { k.classList.remove("salah"); });
    Array.prototype.forEach.call(formulir.querySelectorAll("p.masalah"), function (k) { k.hidden = true; });
    daftar.forEach(function (satu) {
      var k = el("isian-" + satu.isian), m = el("m-" + satu.isian), li = document.createElement("li"), a, label;
      if (k) {
        label = k.querySelector("legend,.isian,h2");
        k.classList.add("salah");
        m.textContent = satu.pesan;
        m.hidden = false;
        a = document.createElement("a");
        a.href = "#isian-" + satu.isian;
        a.textContent = (label ? label.firstChild.textContent.trim() + ": " : "") + satu.pesan;
        a.onclick = function (e) { e.preventDefault(); k.scrollIntoView(); (k.querySelector("input:not([type=hidden]),select,textarea") || k).focus(); };
        li.appendChild(a);
      } else { li.textContent = satu.pesan; }
      ul.appendChild(li);
    });
    isi("ringkasan-teks", teks);
    tampil("ringkasan", true);
    el("ringkasan").scrollIntoView();
    el("ringkasan").focus();
  }
  function kurang() {
    var ada = [], v = nilai();
    Array.prototype.forEach.call(formulir.querySelectorAll("[data-wajib]"), function (k) {
      var n = k.getAttribute("data-isian"), w = v["isian." + n] === undefined ? v[n] : v["isian." + n];
      if (!w || !String(w).trim()) { ada.push({ isian: n, pesan: "Belum diisi." }); }
    });
    if (formulir.elements.persetujuan && !formulir.elements.persetujuan.checked) {
      ada.push({ isian: "persetujuan", pesan: "Persetujuan belum dicentang." });
    }
    return ada;
  }
  function ajukan(e) {
    var d = draf(), n = jumlah(d), salah;
    if (sibuk) { e.preventDefault(); kata("tunggu", "Foto masih disiapkan. Tunggu sebentar."); return; }
    if (biasa) {
      if (n.sudah + n.salah < n.semua) { e.preventDefault(); keadaanBerkas(d); segera(); }
      return;
    }
    e.preventDefault();
    if (d.s === "kirim" || d.s === "diterima") { segera(); return; } // the button pressed twice
    salah = kurang();
    if (salah.length) { ringkas(salah.length + " isian belum lengkap.", salah); return; }
    tampil("ringkasan", false);
    bungkus(d);
    kunci(true);
    segera();
  }
  function bungkus(d) {
    var v = nilai(), urut = {}, lain = { kunci: d.k, persetujuan: formulir.elements.persetujuan.value };
    Object.keys(v).map(function (n) { return n.replace("isian.", ""); }).sort().forEach(function (n) {
      if (v[n] !== undefined && v["isian." + n] === undefined) { lain[n] = v[n]; return; } // who sends it is no field
      n = "isian." + n;
      urut[n.slice(6)] = typeof v[n] === "string" ? v[n] : v[n].slice().sort();
    });
    d.v = v;
    d.h = sidik(bita(JSON.stringify(urut))); // what the server must say it has
    lain.isian = urut;
    d.b = JSON.stringify(lain); // from now on the same key always carries the same content
    d.s = "kirim";
    d.t = Date.now();
    tulis(nama, d);
  }
  function diterima(d) {
    formulir.hidden = true;
    tampil("cadangan", false);
    tampil("ringkasan", false);
    kata("", "");
    isi("tanda-waktu", "Diterima " + d.waktu + ".");
    isi("tanda-tiket", d.tiket);
    keadaanBerkas(d);
    tampil("tanda", true);
    tampil("tanda-baru", formulir.getAttribute("action") === "/daftar");
    el("tanda").focus();
    window.scrollTo(0, 0);
  }
  function ditolak(j) {
    kunci(false);
    tampil("cadangan", true);
    tampil("baru", j.kode === "kunci_pengajuan_sudah_dipakai");
    kata("gagal", j.pesan + " " + (j.tindakan || "") + " " + tersimpan());
    if (j.rincian && j.rincian.length) { ringkas(j.pesan, j.rincian); }
  }
  function salinTeks(tombol, teks, sudah) {
    var t = document.createElement("textarea"), bisa = false;
    t.value = teks;
    tombol.parentNode.appendChild(t);
    t.select();
    try { bisa = document.execCommand("copy"); } catch (e) { /* it stays to be copied by hand */ }
    if (bisa) { t.parentNode.removeChild(t); }
    tombol.textContent = bisa ? sudah : "Salin dari kotak di bawah";
  }
  function unduh(teks, berkas) {
    var a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([teks], { type: "text/plain" }));
    a.download = berkas;
    tubuh.appendChild(a);
    a.click();
    tubuh.removeChild(a);
  }
  function teksIsian() {
    var d = draf(), v = nilai();
    return ["Kunci: " + d.k].concat(Object.keys(v).map(function (n) { return n.replace("isian.", "") + ": " + v[n]; })).join("\n");
  }

  /* --- photographs --- */
  function bacaBerkas(f, usai) {
    var r = new FileReader();
    r.onload = function () { usai(new Uint8Array(r.result)); };
    r.onerror = function () { usai(null); };
    r.readAsArrayBuffer(f);
  }
  function kecilkan(f, usai) { // usai(bytes, kind, why not)
    var batas = Number(el("berkas").getAttribute("data-batas")), alamat, g;
    if (f.type === "application/pdf") {
      if (f.size > batas) { usai(null, "", "PDF ini lebih dari " + batas / 1e6 + " MB. Potret halamannya saja."); return; }
      bacaBerkas(f, function (b) { usai(b, f.type, b ? "" : "Berkas tidak dapat dibaca."); });
      return;
    }
    g = new Image();
    alamat = URL.createObjectURL(f);
    g.onerror = function () {
      URL.revokeObjectURL(alamat);
      usai(null, "", "Gambar ini tidak dapat dibuka di ponsel ini. Potret lagi sebagai JPG.");
    };
    g.onload = function () { lukis(SISI, 0.8); };
    g.src = alamat;
    function lukis(sisi, mutu) {
      var c = document.createElement("canvas"), skala = Math.min(1, sisi / Math.max(g.naturalWidth, g.naturalHeight)), p;
      c.width = Math.max(1, Math.round(g.naturalWidth * skala));
      c.height = Math.max(1, Math.round(g.naturalHeight * skala));
      p = c.getContext("2d");
      p.fillStyle = "#fff";
      p.fillRect(0, 0, c.width, c.height);
      p.drawImage(g, 0, 0, c.width, c.height);
      function jadi(b) {
        if (b && b.length > batas && sisi > 800) { lukis(sisi / 2, 0.7); return; }
        URL.revokeObjectURL(alamat);
        usai(b, "image/jpeg", b ? "" : "Gambar tidak dapat dikecilkan.");
      }
      if (c.toBlob) { c.toBlob(function (b) { if (b) { bacaBerkas(b, jadi); } else { jadi(null); } }, "image/jpeg", mutu); }
      else { jadi(biner(c.toDataURL("image/jpeg", mutu))); }
    }
  }
  function biner(alamat) {
    var s = atob(alamat.split(",")[1]), b = new Uint8Array(s.length), i;
    for (i = 0; i < s.length; i++) { b[i] = s.charCodeAt(i); }
    return b;
  }
  function pilih(masukan) {
    var syarat = masukan.parentNode.getAttribute("data-syarat"), antrean = Array.prototype.slice.call(masukan.files);
    sibuk += antrean.length;
    masukan.value = "";
    function berikut() {
      var f = antrean.shift();
      if (!f) { return; }
      kata("tunggu", "Menyiapkan foto…");
      kecilkan(f, function (b, jenis, sebab) {
        var d, k = uuid();
        function usai() {
          sibuk--;
          kata(sebab || gagalSimpan || gagalFoto ? "gagal" : "", sebab || tersimpan());
          lembar();
          if (biasa) { segera(); }
          berikut();
        }
        if (!b) { usai(); return; }
        taruh(k, b, function () { // first the bytes, then the note that they are there
          d = draf();
          d.f.push({ k: k, s: syarat, a: f.name, j: jenis, u: b.length, h: sidik(b), n: 0 });
          d.t = Date.now();
          tulis(nama, d);
          usai();
        });
      });
    }
    berikut();
  }
  function keluarkan(kunci) {
    var d = draf();
    d.f = d.f.filter(function (b) { return b.k !== kunci; });
    tulis(nama, d);
    buang(kunci);
    lembar();
    if (biasa) { keadaanBerkas(d); }
  }
  function lembar() { // the list of photographs under each paper
    var d = draf();
    if (!el("berkas")) { return; }
    Array.prototype.forEach.call(document.querySelectorAll("[data-syarat]"), function (kotak) {
      var ul = kotak.querySelector("ul"), no = 0;
      ul.textContent = "";
      d.f.filter(function (b) { return b.s === kotak.getAttribute("data-syarat"); }).forEach(function (b) {
        var li = document.createElement("li"), kabar = document.createElement("span"), t = document.createElement("button"), g;
        no++;
        kabar.textContent = b.x ? b.x : (b.y ? "✓ Terkirim" : d.s === "diterima" ? "Menunggu jaringan" : "Tersimpan di ponsel") +
          ", " + Math.max(1, Math.round(b.u / 1000)) + " kB";
        if (b.j !== "application/pdf" && !b.y && !b.x) {
          g = document.createElement("img");
          g.alt = "Lembar " + no;
          ambil(b.k, function (isi) {
            if (isi) {
              g.src = URL.createObjectURL(new Blob([isi], { type: b.j }));
              g.onload = function () { URL.revokeObjectURL(g.src); };
            }
          });
          li.appendChild(g);
        }
        li.appendChild(kabar);
        if (!b.y) {
          t.type = "button";
          t.textContent = "Hapus";
          t.setAttribute("aria-label", "Hapus lembar " + no + " " + kotak.querySelector(".isian").firstChild.textContent.trim());
          t.onclick = function () { keluarkan(b.k); };
          li.appendChild(t);
        }
        ul.appendChild(li);
      });
    });
  }

  /* --- what lies on this phone, on the first page --- */
  function daftarPonsel() {
    var ul = el("daftar-ponsel"), ada = 0;
    if (!ul) { return; }
    ul.textContent = "";
    semua().forEach(function (k) {
      var d = baca(k), li, s, a, b, t;
      if (!d || (d.s === "draf" && !d.v && !(d.f || []).length)) { return; }
      ada++;
      t = jumlah(d);
      li = document.createElement("li");
      s = document.createElement("span");
      s.textContent = (d.judul || "Pengajuan") + ": " + (d.s === "diterima" ? (d.tiket ? "diterima, tiket " + d.tiket + ". " : "") + kataBerkas(d)
        : d.s === "kirim" ? "belum terkirim, dicoba lagi sendiri." : "belum dikirim.");
      a = document.createElement("a");
      a.className = "tombol";
      a.href = d.url;
      a.textContent = "Buka";
      b = document.createElement("button");
      b.type = "button";
      b.textContent = "Hapus dari ponsel";
      b.onclick = function () {
        if ((d.s === "diterima" && t.sudah + t.salah === t.semua) || window.confirm("Yang belum terkirim akan hilang. Hapus?")) {
          (d.f || []).forEach(function (f) { buang(f.k); });
          hapus(k);
          hitung();
        }
      };
      li.appendChild(s);
      li.appendChild(a);
      li.appendChild(b);
      ul.appendChild(li);
    });
    tampil("di-ponsel", ada > 0);
  }

  function mulai() {
    var d = draf(), ada;
    formulir.setAttribute("data-kirim", el("kirim").textContent);
    tampil("berkas", true);
    tampil("tanpa-skrip", false);
    if (d.s === "diterima" && !biasa) { diterima(d); }
    else {
      ada = !!d.v || d.f.length > 0;
      pulihkan(d);
      lembar();
      if (d.s === "kirim") { kunci(true); kata("tunggu", tersimpan() + " " + LAIN); }
      else if (gagalSimpan) { kata("gagal", tersimpan()); }
      else if (ada && !biasa) { kata("", tersimpan() + " Isian Anda yang tadi dimuat kembali."); }
      if (biasa) { keadaanBerkas(d); }
    }
    formulir.addEventListener("change", function (e) { bersih(e.target); if (e.target.type === "file") { pilih(e.target); } else { simpan(); } });
    formulir.addEventListener("input", function (e) { if (e.target.type !== "file" && e.target.type !== "checkbox") { bersih(e.target); simpan(); } });
    formulir.addEventListener("submit", ajukan);
    if (el("salin")) { el("salin").onclick = function () { salinTeks(el("salin"), teksIsian(), "Isian sudah disalin"); }; }
    if (el("baru")) {
      el("baru").onclick = function () {
        var d = draf();
        d.k = uuid();
        d.s = "draf";
        tulis(nama, d);
        tampil("baru", false);
        el("kirim").click();
      };
    }
    if (el("tanda")) {
      el("tanda-salin").onclick = function () { salinTeks(el("tanda-salin"), draf().tiket, "Nomor sudah disalin"); };
      el("tanda-unduh").onclick = function () {
        var d = draf();
        unduh(["Tanda terima pengajuan LKS", "Nomor tiket: " + d.tiket, "Diterima: " + d.waktu,
          "Sidik isi: " + d.h, "Keadaan pengajuan: " + window.location.origin + "/daftar/tiket"].join("\n"), "tanda-terima-" + d.tiket + ".txt");
      };
      el("tanda-baru").onclick = function () {
        var n = jumlah(draf());
        if (n.sudah + n.salah < n.semua) { isi("tanda-berkas", kataBerkas(draf())); return; }
        hapus(nama);
        window.location.reload();
      };
    }
    window.addEventListener("storage", function (e) {
      var d = e.key === nama && e.newValue ? baca(nama) : null;
      if (!d) { return; }
      if (d.s === "diterima" && !biasa) { diterima(d); } else { pulihkan(d); lembar(); kunci(d.s === "kirim"); }
    });
    window.addEventListener("beforeunload", function (e) {
      var d = baca(nama), n = d ? jumlah(d) : null;
      if (d && ((gagalSimpan && d.v) || (gagalFoto && n.sudah + n.salah < n.semua))) { e.preventDefault(); e.returnValue = ""; }
    });
  }
  function tautan() { // the token of a personal link stands behind the #, which never reaches a server's log
    var t = window.location.hash.slice(1);
    if (!el("tautan-baru") || !/^[A-Za-z0-9_-]{32}$/.test(t)) { return; }
    window.history.replaceState(null, "", window.location.pathname);
    el("tautan").value = t;
    el("tautan-baru").submit();
  }

  semua().forEach(function (k) { // begun, never sent, and nobody's business any more; or completed long ago
    var d = baca(k), n = d ? jumlah(d) : null;
    if (d && d.s !== "kirim" && d.t && Date.now() - d.t > SIMPAN) { d.f.forEach(function (b) { buang(b.k); }); hapus(k); }
    else if (d && /^daftar:(lengkap|susul)-/.test(k) && k !== nama && n.sudah + n.salah === n.semua) { hapus(k); }
  });
  if (formulir) { mulai(); }
  tautan();
  window.addEventListener("hashchange", tautan);
  window.addEventListener("online", segera);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { segera(); } });
  window.addEventListener("pageshow", segera);
  segera();
})();
