// The search of a site: returns sections with all words, first those with the words in the heading. An unknown word is replaced with the most similar one.
window.siteSearch = (function () {
  'use strict';

  const plain = (text) => text.toLowerCase().normalize('NFKD').replace(/\p{Mn}/gu, '');

  function prepared(pages) {
    const sections = [];
    const words = new Map();
    for (const { page, title, sections: parts } of pages) {
      for (const [id, heading, text] of parts) {
        const section = { address: id ? `${page}#${id}` : page, title, heading, text, inTitle: plain(title), inHeading: plain(heading), inText: plain(text) };
        sections.push(section);
        for (const word of `${section.inHeading} ${section.inText}`.match(/[\p{L}\p{N}_]+/gu) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
      }
    }
    return { sections, words };
  }

  /** Returns the number of letters to change, insert, delete or swap with the next letter; limit + 1 if it is above the limit. */
  function distance(from, to, limit) {
    if (Math.abs(from.length - to.length) > limit) return limit + 1;
    let [before, last] = [[], Array.from({ length: to.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= from.length; i++) {
      const row = [i];
      for (let j = 1; j <= to.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[to.length];
  }

  // of equally similar words, the most frequent one; short words are similar to too many others
  function nearest(word, words) {
    const limit = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    let best = null;
    for (const [candidate, count] of limit ? words : []) {
      const away = distance(word, candidate, limit);
      if (away <= limit && (!best || away < best.away || (away === best.away && count > best.count))) best = { candidate, away, count };
    }
    return best?.candidate ?? null;
  }

  function score(section, words) {
    let sum = 0;
    for (const word of words) {
      const worth = 8 * section.inHeading.includes(word) + 4 * section.inTitle.includes(word) + Math.min(section.inText.split(word).length - 1, 3);
      if (!worth) return 0;
      sum += worth;
    }
    return sum;
  }

  /** Returns the searched words, whether one of them was corrected, and the found sections. */
  function find({ sections, words }, query) {
    const asked = plain(query).split(/\s+/).filter(Boolean);
    const isThere = (word) => sections.some((section) => section.inHeading.includes(word) || section.inTitle.includes(word) || section.inText.includes(word));
    const meant = asked.map((word) => isThere(word) ? word : nearest(word, words) ?? word);
    const found = meant.length ? sections.map((section) => ({ ...section, score: score(section, meant) })).filter((section) => section.score) : [];
    return { words: meant, corrected: meant.some((word, i) => word !== asked[i]), found: found.sort((a, b) => b.score - a.score) };
  }

  return { prepared, find, distance };
})();
