// Filters, and what a browser without them still shows: everything. Nothing is fetched and nothing is stored.
"use strict";
(() => {
  const articles = [...document.querySelectorAll("article[data-region]")];
  const filters = document.getElementById("filters");

  // A link to a sentence opens the article that it stands in, also in browsers that do not do so themselves.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  if (!filters) return;
  const apply = () => {
    const { region, topic, paper, found } = filters.elements;
    let n = 0;
    for (const article of articles) {
      const shown =
        (!region.value || article.dataset.region === region.value) &&
        (!topic.value || article.dataset.topic === topic.value) &&
        (!paper.value || article.dataset.papers.split(" ").includes(paper.value));
      article.hidden = !shown;
      n += shown;
      const entry = document.querySelector(`[data-story="${article.id}"]`);
      if (entry) entry.hidden = !shown;
    }
    // A heading without a story under it goes too.
    for (const part of document.querySelectorAll(".topic, .region"))
      part.hidden = !part.querySelector("article:not([hidden])");
    for (const part of document.querySelectorAll("[data-section]"))
      part.hidden = !part.querySelector("[data-story]:not([hidden])");
    found.value = n === articles.length ? "" : `显示 ${n} / ${articles.length} 条`;
  };
  filters.hidden = false;
  filters.addEventListener("change", apply);
  filters.addEventListener("reset", () => setTimeout(apply));
  filters.addEventListener("submit", (event) => event.preventDefault());
  // Browsers keep the choice over a reload; a link into a story that is filtered away shows everything again.
  apply();
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      filters.reset();
      setTimeout(() => target.scrollIntoView());
    }
  });

  // The contents show where the reader is.
  const entries = new Map(
    [...document.querySelectorAll("[data-section] > a")].map((link) => [link.hash.slice(1), link]),
  );
  if (!("IntersectionObserver" in window)) return;
  const watch = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        const link = entries.get(target.querySelector("h2").id);
        if (!link) continue;
        if (isIntersecting) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-10% 0px -80% 0px" },
  );
  for (const section of document.querySelectorAll(".region")) watch.observe(section);
})();
