// Before the first paint: the colours the person chose. Without a choice the system decides (see tokens.css).
(function () {
  "use strict";
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch (e) { /* storage is forbidden: the system decides */ }
})();
