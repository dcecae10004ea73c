/* A gallery's pictures in a dialog: it comes only when a reader asks for a picture; where it cannot, its page does. */
{
  const open = (link, keep) => import("./gallery-box.js").then(({ show }) => show(link, keep));

  addEventListener("click", event => {
    const chosen = event.target.closest(".gallery figure > a");
    if (!chosen || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(chosen, "pushState").catch(() => { location.href = chosen.href; });
  });

  const named = location.hash && [...document.querySelectorAll(".gallery figure > a")].find(each => "#" + each.dataset.name === location.hash);
  if (named) {
    history.replaceState(null, "", location.pathname);
    open(named, "pushState");
  }
}
