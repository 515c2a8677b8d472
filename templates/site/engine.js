// Search by pagefind's index, see digest/site/engine.py: whole texts, without reading them. A page that is
// opened from a disk may load no module: then search.js does without.
"use strict";
(() => {
  const STEP = 36; // stretches of ten days that are looked through at first, and then with each wish for more
  const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");
  const IS_HAN = new RegExp(`^[${HAN}]`, "u");

  // The words of a term in the index: pairs of hanzi, a single one by itself; as digest/text/grams.py has it.
  const words = (term) => {
    const found = [];
    let behindWord = false;
    for (const [run] of term.matchAll(WORD)) {
      if (!IS_HAN.test(run)) {
        found.push(run);
        behindWord = true;
        continue;
      }
      const chars = [...run];
      if (behindWord) found.push(chars[0]);
      behindWord = false;
      for (let at = 0; at + 1 < chars.length; at += 1) found.push(chars[at] + chars[at + 1]);
      found.push(chars.at(-1));
    }
    const last = found.at(-1);
    if (found.length > 1 && [...last].length === 1 && IS_HAN.test(last)) found.pop();
    return found;
  };

  let pagefind;
  let all = []; // stretches, the newest first
  const facts = new Map(); // by the id of a story: day, region, topic, papers
  const merged = new Map(); // by stretch: the promise that it is there
  const learn = async (stretch) => {
    const answer = await fetch(`${stretch}/facts.json`);
    if (!answer.ok) throw new Error(`${stretch}: ${answer.status}`);
    for (const [id, known] of Object.entries(await answer.json())) facts.set(id, known);
  };
  const merge = (stretch) => {
    if (!merged.has(stretch)) {
      const bundle = new URL(stretch, location.href).pathname;
      merged.set(stretch, Promise.all([pagefind.mergeIndex(bundle), learn(stretch)]));
    }
    return merged.get(stretch);
  };

  window.digestEngine = {
    async start(stretches) {
      if (location.protocol === "file:") throw new Error("no modules from a disk");
      all = stretches;
      pagefind = await import(new URL(`${all[0]}/pagefind.js`, location.href).href);
      await pagefind.options({ noWorker: true });
      // It takes the language of the page for that of the index, and would cut a query as Chinese.
      const { lang } = document.documentElement;
      document.documentElement.lang = "unknown";
      const begun = pagefind.init();
      document.documentElement.lang = lang;
      await begun;
      merged.set(all[0], learn(all[0]));
      await merged.get(all[0]);
    },

    // The stories that fit, as functions that fetch them, the best first; how far back they go.
    async search(want, terms, round) {
      const range = all.filter(
        (one) => (!want.since || `${one.slice(0, 7)}-31` >= want.since) && (!want.until || `${one.slice(0, 7)}-01` <= want.until),
      );
      const looked = range.slice(0, STEP * round);
      await Promise.all(looked.map(merge));
      const fits = (id) => {
        const [day, region, topic, papers] = facts.get(id);
        if ((want.since && day < want.since) || (want.until && day > want.until)) return false;
        if (want.region && region !== want.region && !region.startsWith(`${want.region}·`)) return false;
        return (!want.topic || topic === want.topic) && (!want.paper || papers.includes(want.paper));
      };
      const phrases = terms.map((term) => words(term).join(" ")).filter(Boolean);
      if (phrases.length < terms.length) return { hits: [], rest: 0, back: "" };
      // A phrase in quotation marks is found as it stands: no word that only begins so, or is like it.
      const answers = await Promise.all(phrases.map((phrase) => pagefind.search(`"${phrase}"`)));
      const score = new Map();
      for (const { results } of answers) {
        for (const { id, score: one } of results) {
          const [n, sum] = score.get(id) ?? [0, 0];
          score.set(id, [n + 1, sum + one]);
        }
      }
      const hits = answers[0].results
        .filter(({ id }) => score.get(id)[0] === answers.length && fits(id))
        .sort((a, b) => score.get(b.id)[1] - score.get(a.id)[1])
        .map((result) => async () => JSON.parse((await result.data()).meta.story));
      return { hits, rest: range.length - looked.length, back: looked.at(-1)?.slice(0, 7) };
    },
  };
})();
