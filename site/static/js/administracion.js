// Counts what is left of a text, and marks the destination whose field one fills. All works without it.
(() => {
  for (const area of document.querySelectorAll("textarea[data-contador]")) {
    const maximo = Number(area.dataset.contador);
    const cuenta = document.createElement("p");
    cuenta.className = "campo__cuenta";
    const contar = () => {
      const quedan = maximo - area.value.length;
      cuenta.textContent = quedan < 0
        ? `Sobran ${(-quedan).toLocaleString("es-CL")} caracteres`
        : `Quedan ${quedan.toLocaleString("es-CL")} caracteres`;
      cuenta.classList.toggle("campo__cuenta--pasada", quedan < 0);
    };
    area.after(cuenta);
    area.addEventListener("input", contar);
    contar();
  }
  for (const opcion of document.querySelectorAll(".opcion--con-campo")) {
    const boton = opcion.querySelector("input[type=radio]");
    opcion.querySelector(".campo")?.addEventListener("change", (e) => {
      if (e.target.value) boton.checked = true;
    });
  }
  document.querySelector("#errores, #ensayo")?.focus();
})();
