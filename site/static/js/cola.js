// Keys of the queue, and how many rows are marked. Everything is also a link, a box or a button.
(() => {
  const forma = document.querySelector("form[data-cola]");
  const filas = forma ? [...forma.querySelectorAll("tr[data-fila]")] : [];
  const cuenta = forma?.querySelector("[data-marcados]");
  const cajas = () => (forma ? [...forma.querySelectorAll("input[name=ids]")] : []);
  const contar = () => {
    if (!cuenta) return;
    const n = cajas().filter((c) => c.checked).length;
    cuenta.hidden = !n;
    cuenta.textContent = n ? ` · ${n} ${n === 1 ? "marcado" : "marcados"}` : "";
  };
  const pagina = forma?.querySelector("[data-esta-pagina]");
  const caja = pagina?.querySelector("input");
  if (pagina) pagina.hidden = false;
  forma?.addEventListener("change", (e) => {
    const toda = forma.querySelector("input[name=filtro]");
    if (e.target === caja) {
      cajas().forEach((c) => { c.checked = caja.checked; });
      if (caja.checked) toda.checked = false;
    }
    // All of the filter, or some rows: marking one says it is not the other.
    if (e.target === toda && toda.checked) cajas().forEach((c) => { c.checked = false; });
    if (e.target.name === "ids" && e.target.checked && toda) toda.checked = false;
    if (caja) caja.checked = cajas().every((c) => c.checked);
    contar();
  });
  contar();

  let ayuda;
  const mostrarAyuda = () => {
    const texto = document.querySelector("#teclas dl");
    if (!texto) return;
    if (!ayuda) {
      ayuda = document.createElement("dialog");
      ayuda.className = "cola__ayuda";
      ayuda.setAttribute("aria-label", "Atajos de teclado");
      const cerrar = document.createElement("button");
      cerrar.type = "button";
      cerrar.className = "button";
      cerrar.textContent = "Cerrar";
      cerrar.addEventListener("click", () => ayuda.close());
      ayuda.append(texto.cloneNode(true), cerrar);
      document.querySelector(".sala").append(ayuda);
    }
    ayuda.showModal();
  };

  const actual = () => filas.indexOf(document.activeElement?.closest("tr[data-fila]"));
  const ir = (paso) => {
    if (!filas.length) return;
    const i = actual();
    const otra = i < 0 ? (paso > 0 ? 0 : filas.length - 1) : i + paso;
    const fila = filas[Math.min(Math.max(otra, 0), filas.length - 1)];
    fila.focus();
    fila.scrollIntoView({ block: "nearest" });
  };
  const seguir = (selector) => filas[actual()]?.querySelector(selector)?.click();
  const teclas = {
    j: () => ir(1),
    k: () => ir(-1),
    x: () => filas[actual()]?.querySelector("input[name=ids]")?.click(),
    Enter: () => seguir("[data-abrir]"),
    r: () => seguir("[data-responder_aporte]"),
    a: () => {
      if (cajas().some((c) => c.checked)) forma.requestSubmit();
      else seguir("[data-asignar_aporte]");
    },
    n: () => seguir("[data-anotar_aporte]"),
    "/": () => document.querySelector("#id_q")?.focus(),
    "?": mostrarAyuda,
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || ayuda?.open) return;
    const en = e.target;
    if (en.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (e.key === "Enter" && !en.matches("tr[data-fila]")) return;
    const hacer = teclas[e.key];
    if (!hacer) return;
    e.preventDefault();
    hacer();
  });
})();
