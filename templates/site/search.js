// Search without a server and without a search engine: the stories of each month stand in a script beside the
// page, so that it works from a file share too. The newest months are read first; one reads on for more.
"use strict";
(() => {
  const BATCH = 30;
  const form = document.getElementById("search");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const more = document.getElementById("more");
  const loaded = new Map(); // month: its stories, once they are there
  let months = [];
  let turn = 0; // counts the searches: an older one ends when a newer one begins

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const load = (path) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = path;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });

  let reading = [];
  let stretches = [];
  let engine = window.digestEngine;
  window.digestMonths = (list, indexed) => {
    months = list.map(([month]) => month);
    stretches = indexed ?? [];
  };
  window.digestIssue = (_name, stories) => reading.push(...stories);
  const storiesOf = async (month) => {
    if (!loaded.has(month)) {
      reading = [];
      await load(`${month}.js`);
      loaded.set(month, reading);
    }
    return loaded.get(month);
  };

  const element = (name, text, more_) => Object.assign(document.createElement(name), { textContent: text }, more_);
  // The text with the words marked, cut around the first of them.
  const marked = (text, terms) => {
    const line = document.createElement("p");
    const copy = fold(text).length === text.length ? fold(text) : text.toLowerCase();
    let at = 0;
    for (;;) {
      const next = terms
        .map((term) => [copy.indexOf(term, at), term.length])
        .filter(([place]) => place >= 0)
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) break;
      line.append(text.slice(at, next[0]), element("mark", text.slice(next[0], next[0] + next[1])));
      at = next[0] + next[1];
    }
    line.append(text.slice(at));
    return line;
  };

  const shown = ([href, date, headline, region, topic, papers, summary, , lang], terms) => {
    const item = document.createElement("li");
    const link = element("a", headline, { href, lang });
    item.append(link, element("span", ` ${date} ${region} ${topic} ${papers.join("、")}`, { className: "from" }));
    const text = marked(summary, terms);
    text.lang = lang;
    item.append(text);
    return item;
  };

  const wanted = () => Object.fromEntries(new FormData(form));
  const fits = (story, want, terms) => {
    const [, date, headline, region, topic, papers, summary, copy, , rest] = story;
    if (want.since && date < want.since) return false;
    if (want.until && date > want.until) return false;
    if (want.region && region !== want.region && !region.startsWith(`${want.region}·`)) return false;
    if (want.topic && topic !== want.topic) return false;
    if (want.paper && !papers.includes(want.paper)) return false;
    const text = fold(`${headline}\n${summary}\n${rest}`);
    return terms.every((term) => text.includes(term) || (copy && copy.includes(term)));
  };

  const search = () => {
    const mine = ++turn;
    const want = wanted();
    const terms = fold(want.q || "").split(/\s+/u).filter(Boolean);
    hits.replaceChildren();
    more.hidden = true;
    found.textContent = "";
    if (!terms.length && !want.region && !want.topic && !want.paper && !want.since && !want.until) return;
    (engine && terms.length ? searchIndex : searchMonths)(mine, want, terms);
  };

  // With the engine: so many hits at a time, and then those of earlier years.
  const searchIndex = async (mine, want, terms) => {
    for (let round = 1, shownHits = 0; ; round += 1) {
      const { hits: all, rest, back } = await engine.search(want, terms, round);
      if (round > 1) hits.replaceChildren();
      shownHits = 0;
      for (;;) {
        const batch = await Promise.all(all.slice(shownHits, shownHits + BATCH).map((hit) => hit()));
        if (mine !== turn) return;
        hits.append(...batch.map((story) => shown(story, terms)));
        shownHits += batch.length;
        const isAll = shownHits >= all.length;
        found.textContent = isAll && rest ? `已查到 ${back}，找到 ${all.length} 条` : all.length ? `找到 ${all.length} 条` : "没有找到";
        more.textContent = isAll ? "查更早的" : "再看一些";
        if (isAll && !rest) return;
        more.hidden = false;
        await new Promise((resolve) => (more.onclick = resolve));
        if (mine !== turn) return;
        more.hidden = true;
        if (isAll) break;
      }
    }
  };

  const searchMonths = async (mine, want, terms) => {
    let n = 0;
    let room = BATCH;
    for (const [number, month] of months.entries()) {
      if (want.until && month > want.until.slice(0, 7)) continue;
      if (want.since && month < want.since.slice(0, 7)) break;
      found.textContent = `找到 ${n} 条，正在查 ${month}……`;
      let stories;
      try {
        stories = await storiesOf(month);
      } catch {
        found.textContent = `${month} 的数据读不到 (cannot be read)`;
        return;
      }
      if (mine !== turn) return;
      for (const story of stories) {
        if (!fits(story, want, terms)) continue;
        hits.append(shown(story, terms));
        n += 1;
      }
      if (n >= room && number + 1 < months.length) {
        found.textContent = `已查到 ${month}，找到 ${n} 条`;
        more.hidden = false;
        await new Promise((resolve) => (more.onclick = resolve));
        if (mine !== turn) return;
        more.hidden = true;
        room = n + BATCH;
      }
    }
    found.textContent = n ? `找到 ${n} 条` : "没有找到";
  };

  // The address keeps what was sought, so that back and forward, and a link sent to someone, find it again.
  const fill = () => {
    const params = new URLSearchParams(location.search);
    for (const field of form.elements) if (field.name) field.value = params.get(field.name) ?? "";
  };
  const go = () => {
    const params = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value));
    const query = params.toString();
    if (`?${query}` !== location.search) history.pushState(null, "", query ? `?${query}` : location.pathname);
    search();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  form.addEventListener("change", (event) => event.target.name !== "q" && go());
  addEventListener("popstate", () => {
    fill();
    search();
  });

  load("months.js").then(
    async () => {
      if (engine && !(await engine.start(stretches).then(() => true, () => false))) engine = undefined;
      form.dataset.engine = engine ? "pagefind" : "";
      form.hidden = false;
      fill();
      search();
    },
    () => (found.textContent = "查找的数据读不到 (the index cannot be read)"),
  );
})();
