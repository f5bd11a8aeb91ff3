// Quick reading of a queue by keyboard: j and k move, x ticks, Enter opens. Everything is a link without it.
(() => {
  const cola = document.querySelector("[data-cola]");
  const todos = document.querySelector("[data-elegir-todos]");
  if (!cola) return;
  for (const nota of document.querySelectorAll(".solo-con-guiones")) nota.hidden = false;
  if (todos) {
    todos.hidden = false;
    todos.addEventListener("click", () => {
      for (const c of cola.querySelectorAll("[type=checkbox]")) c.checked = true;
    });
  }
  const filas = [...cola.children];
  let en = -1;
  const ir = (n) => {
    en = Math.max(0, Math.min(filas.length - 1, n));
    filas[en].focus();
    filas[en].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (e.key === "j") ir(en + 1);
    else if (e.key === "k") ir(en - 1);
    else if (e.key === "x" && en >= 0) {
      const casilla = filas[en].querySelector("[type=checkbox]");
      if (casilla) casilla.checked = !casilla.checked;
    } else if (e.key === "Enter" && e.target === filas[en]) filas[en].querySelector("a").click();
    else return;
    e.preventDefault();
  });
})();
