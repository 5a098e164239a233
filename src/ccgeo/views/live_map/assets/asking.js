// What a person asks on the map itself: sectors and years are drawn at once, then Python is told.
import { Bars } from "./bars.js";
import { Chips } from "./chips.js";
import { amountOf, answerOf, joined, unpack } from "./cube.js";
import { element } from "./element.js";
import { wordsOf } from "./words.js";

const STEP_MS = 800;
const PATIENCE_MS = 6000;
const ASKED = "ccgeo-asked";

/** What Python sends once, by key, kept while the page lives. @type {Map<string, Promise<object>>} */
const parts = new Map();

export class Asking {
  /** @param {import("./map.js").LiveMap} live @param {boolean} isCalm no motion on its own */
  constructor(live, isCalm) {
    Object.assign(this, { live, isCalm, isGrowing: true });
    this.box = element("div", "ccgeo-asking");
    this.box.setAttribute("role", "group");
    this.box.hidden = true;
    this.box.addEventListener("keydown", (event) => {
      live.press(event);
      // The page has keys of its own.
      event.stopPropagation();
    });
    this.chips = new Chips((sectors) => this.ask({ sectors }));
    this.runner = this.button("ccgeo-run", () => this.run());
    this.bars = new Bars((years, isDone) => this.drag(years, isDone));
    this.mode = this.button("ccgeo-mode", () => this.changeMode());
    this.undated = this.button("ccgeo-undated", () =>
      this.ask({ undated: this.asked().undated ? 0 : 1 }),
    );
    const row = element("div", "ccgeo-years");
    row.append(this.runner, this.bars.box, this.mode, this.undated);
    this.box.append(this.chips.box, row);
    live.host.append(this.box);
    this.hear = this.hear.bind(this);
    document.addEventListener(ASKED, this.hear);
  }

  /** Draw what was asked beside the map, where Python is told of it. @param {CustomEvent} event */
  hear({ detail }) {
    if (!this.sent?.asked || !this.isReady(this.sent)) return;
    this.draw(detail);
    this.told = { ...this.asked(), until: Date.now() + PATIENCE_MS };
  }

  close() {
    this.stop();
    document.removeEventListener(ASKED, this.hear);
  }

  button(name, onClick) {
    const button = element("button", name);
    button.type = "button";
    button.addEventListener("click", onClick);
    return button;
  }

  /** Take in what Python sent. @param {import("./types.js").Payload} payload */
  async take(payload) {
    this.sent = payload;
    for (const { key, text } of Object.values(payload.parts ?? {})) {
      if (text && !parts.has(key)) parts.set(key, unpack(text));
    }
    const names = ["cube", "units", "legend", "levels", "zones"];
    const found = await Promise.all(names.map((name) => this.part(name)));
    const [records, units, legend, levels, zones] = found;
    if (records !== this.records || units !== this.units) {
      this.cube = records && units && joined(records, units);
    }
    Object.assign(this, { records, units, legend, levels, zones });
    if (this.told && (sameAsked(this.told, payload.asked) || Date.now() > this.told.until)) {
      this.told = undefined;
    }
    // A picture that runs or waits for its answer is not put back to an older one.
    if (!this.timer && !this.told && !this.isDragged) this.mine = undefined;
    this.sectors = payload.strip?.sectors ?? this.cube?.sectors;
    this.setOpen(Boolean(payload.asked && this.isReady(payload)));
    this.sayWaiting();
    if (!payload.asked) this.stop();
  }

  /** @returns {Promise<object>|undefined} what was sent under a name, now or before */
  part(name) {
    const key = this.sent.parts?.[name]?.key;
    if (!key) return undefined;
    // A page that came back may have lost what Python believes it has.
    if (!parts.has(key)) this.live.send({ kind: "again", id: "" });
    return parts.get(key);
  }

  setOpen(isOpen) {
    if (this.box.hidden === !isOpen) return;
    this.box.hidden = !isOpen;
    this.live.host.classList.toggle("has-asking", isOpen);
    this.live.fitNewSize();
  }

  /** @returns {import("./types.js").Asked} what is drawn now */
  asked() {
    return this.mine ?? this.sent.asked;
  }

  /** @returns {boolean} whether there is everything to draw the payload */
  isReady(payload) {
    return !payload.asked || Boolean(payload.strip || (this.cube && this.legend));
  }

  /** @returns {boolean} whether only the server can answer another question */
  isAway() {
    return Boolean(this.sent?.strip) && !this.cube;
  }

  /** Show that what is drawn is not yet what was asked. */
  sayWaiting() {
    this.live.host.classList.toggle("is-waiting", this.isAway() && Boolean(this.told));
  }

  /**
   * The same question at another level, or null where only Python knows its classes.
   * @param {import("./types.js").Payload} payload @param {string} level
   */
  atLevel(payload, level) {
    if (payload.level === level) return payload;
    const other = this.levels?.[level];
    if (!payload.asked || !other) return null;
    const { bins, top, legend } = other;
    return { ...payload, level, legend, asked: { ...payload.asked, bins, top } };
  }

  /** @returns {import("./types.js").Payload} what to draw now */
  shown(payload, geometry) {
    if (!payload.asked) return payload;
    const asked = { ...payload.asked, ...(this.mine ? ownOf(this.mine) : {}) };
    if (payload.strip && (!this.cube || sameAsked(asked, payload.asked))) {
      const { years, counts } = payload.strip;
      const summed = { ...payload, asked, years: new Map(years), sectors: new Map(counts) };
      this.say(summed);
      return summed;
    }
    const whole = { ...payload, legend: payload.legend ?? this.legend };
    const shown = answerOf(whole, this.cube, asked, (level) => geometry.adcodes(level));
    this.say(shown);
    return shown;
  }

  /** Write years, bars and chips. */
  say({ asked, years, sectors, measure, language }) {
    const words = wordsOf(language);
    this.words = words;
    this.box.setAttribute("aria-label", words.asking);
    const [first, last] = this.span();
    const amounts = [];
    for (let year = first; year <= last; year += 1) {
      amounts.push(amountOf(years.get(year), measure));
    }
    const window = asked.years.length ? asked.years : [first, last];
    this.bars.show({ first, amounts, window, measure, language });
    this.chips.show(this.sectors, sectors, asked.sectors, language);
    const undated = years.get(0)?.[0] ?? 0;
    this.undated.hidden = !undated && !asked.undated;
    this.undated.textContent = `${words.undated} ${undated.toLocaleString("en")}`;
    this.undated.setAttribute("aria-pressed", String(Boolean(asked.undated)));
    this.sayMode();
  }

  sayMode() {
    const { words } = this;
    if (!words) return;
    this.mode.textContent = this.isGrowing ? words.growing : words.oneYear;
    this.mode.setAttribute("aria-label", `${words.window}: ${this.mode.textContent}`);
    this.runner.textContent = this.timer ? "\u275a\u275a" : "\u25b6";
    this.runner.setAttribute("aria-label", this.timer ? words.pause : words.play);
  }

  /** @returns {[number, number]} first and last year of all records */
  span() {
    if (this.sent.strip) return this.sent.strip.span;
    if (!this.cube.span) {
      const years = this.cube.cells.year.filter(Boolean);
      this.cube.span = [Math.min(...years), Math.max(...years)];
    }
    return this.cube.span;
  }

  /** @returns {[number, number]} */
  window() {
    const [first, last] = this.span();
    const asked = this.asked().years;
    const within = (year) => Math.max(first, Math.min(last, year));
    return asked.length ? asked.map(within) : [first, last];
  }

  /** Draw another question, without a word to Python. */
  draw(part) {
    this.mine = { ...this.asked(), ...part };
    this.live.redraw();
    if (this.timer && this.isAway()) this.tell();
  }

  /** Draw another question and tell Python. */
  ask(part) {
    this.draw(part);
    this.tell();
  }

  /** Say all of the question: whichever word comes last is the right one. */
  tell() {
    const { years, undated, sectors } = this.asked();
    const when = years.length ? years.join("-") : "all";
    this.told = { ...this.asked(), until: Date.now() + PATIENCE_MS };
    this.sayWaiting();
    this.live.send({ kind: "asked", id: `${when}.${undated ? 1 : 0}.${[...sectors].sort().join(",")}` });
  }

  drag(years, isDone) {
    this.stop();
    this.isDragged = !isDone;
    const [from, to] = this.window();
    if (years[0] !== from || years[1] !== to) this.draw({ years });
    if (isDone) this.tell();
  }

  changeMode() {
    this.isGrowing = !this.isGrowing;
    this.sayMode();
    const [from, to] = this.window();
    if (this.isGrowing || from === to) return;
    this.draw({ years: [to, to] });
    if (!this.timer) this.tell();
  }

  /** Run, or stop; who wants no motion goes one year on at each press. */
  run() {
    if (this.timer) {
      this.stop();
      this.tell();
      return;
    }
    const [first, last] = this.span();
    const [from, to] = this.window();
    if (to < last) this.next();
    else if (this.isGrowing) this.draw({ years: from < last ? [from, from] : [first, first] });
    else this.draw({ years: [first, first] });
    if (this.isCalm) {
      this.tell();
      return;
    }
    this.timer = setInterval(() => this.step(), STEP_MS);
    this.sayMode();
  }

  next() {
    const [from, to] = this.window();
    this.draw({ years: [this.isGrowing ? from : to + 1, to + 1] });
  }

  step() {
    // One year at a time: its answer is still on the way.
    if (this.isAway() && this.told && Date.now() < this.told.until) return;
    const last = this.span()[1];
    if (this.window()[1] < last) this.next();
    if (this.window()[1] < last) return;
    this.stop();
    this.tell();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.sayMode();
  }
}

/** @returns {object} what a person changes on the map or beside it */
function ownOf({ years, undated, date_kind, sectors, stages, allowed }) {
  return { years, undated, date_kind, sectors, stages, allowed };
}

/** @returns {boolean} whether Python's answer is to what was told */
function sameAsked(one, other) {
  const text = (asked) => {
    const { years, undated, date_kind, sectors, stages, allowed } = ownOf(asked);
    const lists = [sectors, stages].map((each) => [...each].sort());
    return JSON.stringify([years, Boolean(undated), date_kind, lists, allowed]);
  };
  return Boolean(other) && text(one) === text(other);
}
