// Years that run on the map itself: Python is asked once for a cube and told where they stopped.
import { windowOf } from "./cube.js";
import { element } from "./legend.js";
import { wordsOf } from "./words.js";

const STEP_MS = 800;

/** Cubes by key, kept while the page lives. @type {Map<string, import("./types.js").Cube>} */
const cubes = new Map();

export class YearPlay {
  /** @param {import("./map.js").LiveMap} live @param {boolean} isCalm no motion on its own */
  constructor(live, isCalm) {
    this.live = live;
    this.isCalm = isCalm;
    this.isGrowing = true;
    this.opener = this.button("ccgeo-play-open", () => this.toggle());
    this.opener.hidden = true;
    live.frameButtons.prepend(this.opener);
    this.bar = element("div", "ccgeo-play");
    this.bar.setAttribute("role", "group");
    this.bar.hidden = true;
    this.runner = this.button("ccgeo-run", () => this.run());
    this.slider = document.createElement("input");
    this.slider.type = "range";
    this.slider.addEventListener("input", () => this.show(Number(this.slider.value)));
    this.slider.addEventListener("change", () => this.tell());
    // The map's own keys would move districts.
    this.bar.addEventListener("keydown", (event) => event.stopPropagation());
    this.label = element("output", "");
    this.mode = this.button("ccgeo-mode", () => this.changeMode());
    this.bar.append(this.runner, this.slider, this.label, this.mode);
    live.host.append(this.bar);
  }

  button(name, onClick) {
    const button = element("button", name);
    button.type = "button";
    button.addEventListener("click", onClick);
    return button;
  }

  /** Open or close; the cube comes with the next payload. */
  toggle() {
    const isOpen = this.bar.hidden;
    this.stop();
    this.live.send({ kind: "play", id: isOpen ? "on" : "off" });
  }

  /** Take in what Python sent. @param {import("./types.js").Payload} payload */
  take(payload) {
    const { cube, play } = payload;
    this.opener.hidden = play === undefined;
    if (cube?.units) cubes.set(cube.key, cube);
    this.cube = cube ? cubes.get(cube.key) : undefined;
    // A page that came back may have lost what Python believes it has.
    if (cube && !this.cube) this.live.send({ kind: "play", id: "again" });
    const isOpen = Boolean(this.cube?.years[0]);
    this.setOpen(isOpen);
    this.setWords(wordsOf(payload.language));
    if (!isOpen) {
      this.stop();
      return;
    }
    const [first, last] = this.cube.years;
    Object.assign(this.slider, { min: String(first), max: String(last) });
    if (this.timer) return;
    const within = (year) => Math.max(first, Math.min(last, year));
    const [from, to] = (play.length ? play : [first, last]).map(within);
    this.year = to;
    if (this.isGrowing || from !== to) Object.assign(this, { start: from, isGrowing: true });
    this.setWords(this.words);
    this.say();
  }

  setOpen(isOpen) {
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (this.bar.hidden === !isOpen) return;
    this.bar.hidden = !isOpen;
    this.live.host.classList.toggle("has-play", isOpen);
    this.live.fitNewSize();
    if (isOpen) this.runner.focus({ preventScroll: true });
  }

  setWords(words) {
    this.words = words;
    this.opener.textContent = words.years;
    this.opener.title = words.playYears;
    this.bar.setAttribute("aria-label", words.playYears);
    this.slider.setAttribute("aria-label", words.year);
    this.mode.textContent = this.isGrowing ? words.growing : words.oneYear;
    this.mode.setAttribute("aria-label", `${words.window}: ${this.mode.textContent}`);
    this.runner.textContent = this.timer ? "\u275a\u275a" : "\u25b6";
    this.runner.setAttribute("aria-label", this.timer ? words.pause : words.play);
  }

  say() {
    const [from, to] = this.window();
    this.slider.value = String(this.year);
    this.label.textContent = from === to ? String(to) : `${from}\u2013${to}`;
    this.slider.setAttribute("aria-valuetext", this.label.textContent);
  }

  /** @returns {[number, number]} */
  window() {
    return [this.isGrowing ? this.start : this.year, this.year];
  }

  changeMode() {
    this.isGrowing = !this.isGrowing;
    this.setWords(this.words);
    this.show(this.year);
    if (!this.timer) this.tell();
  }

  /** Run, or stop; who wants no motion goes one year on at each press. */
  run() {
    if (this.timer) {
      this.stop();
      this.tell();
      return;
    }
    const [first, last] = this.cube.years;
    const isAtEnd = this.year >= last;
    if (isAtEnd && this.isGrowing && this.start >= last) this.start = first;
    this.show(isAtEnd ? (this.isGrowing ? this.start : first) : this.year + 1);
    if (this.isCalm) {
      this.tell();
      return;
    }
    this.timer = setInterval(() => this.next(), STEP_MS);
    this.setWords(this.words);
  }

  next() {
    if (this.year < this.cube.years[1]) this.show(this.year + 1);
    if (this.year < this.cube.years[1]) return;
    this.stop();
    this.tell();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.words) this.setWords(this.words);
  }

  /** Draw a year from the cube, without a word to Python. @param {number} year */
  show(year) {
    this.year = year;
    // Who goes back behind the beginning moves the beginning.
    this.start = Math.min(this.start, year);
    this.say();
    this.live.redraw(windowOf(this.live.sent, this.cube, ...this.window()));
  }

  /** @returns {import("./types.js").Payload} what to draw now */
  shown(payload) {
    return this.timer && this.cube ? windowOf(payload, this.cube, ...this.window()) : payload;
  }

  tell() {
    this.live.send({ kind: "years", id: this.window().join("-") });
  }
}
