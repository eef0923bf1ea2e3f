// The page works without this; it only lets people see what they typed.
for (const kotak of document.querySelectorAll("[data-tampil]")) {
  kotak.closest("label").hidden = false;
  kotak.addEventListener("change", () => {
    for (const id of kotak.dataset.tampil.split(" ")) {
      document.getElementById(id).type = kotak.checked ? "text" : "password";
    }
  });
}
