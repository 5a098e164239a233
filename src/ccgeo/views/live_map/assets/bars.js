// Totals over time as bars that can be dragged: the years asked for are the lit ones.
import { element } from "./element.js";
import { valueText, wordsOf } from "./words.js";

const YUAN_PER_WAN = 10_000;
const EDGE_PX = 9;

export class Bars {
  /** @param {(years: [number, number], isDone: boolean) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.box = element("div", "ccgeo-bars");
    this.columns = element("div", "ccgeo-columns");
    this.columns.setAttribute("aria-hidden", "true");
    this.label = element("output", "");
    this.handles = ["first", "last"].map((name, end) => this.handle(name, end));
    this.box.append(this.columns, this.label, ...this.handles);
    this.box.addEventListener("pointerdown", (event) => this.grasp(event));
    this.box.addEventListener("pointermove", (event) => this.pull(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.box.addEventListener(end, () => this.release());
    }
    this.bars = [];
  }

  /** An end of the window, for the keyboard. */
  handle(name, end) {
    const handle = element("span", `ccgeo-handle ${name}`);
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.addEventListener("keydown", (event) => {
      const [low, high] = this.limits(end);
      const now = this.window[end];
      const steps = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1 };
      const to = { ...steps, Home: low, End: high }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const years = [...this.window];
      years[end] = Math.max(low, Math.min(high, to));
      this.onChange(years, true);
    });
    return handle;
  }

  /** @returns {[number, number]} between which years an end can go */
  limits(end) {
    const last = this.first + this.bars.length - 1;
    return end ? [this.window[0], last] : [this.first, this.window[1]];
  }

  /**
   * @param {{first: number, amounts: number[], window: [number, number], measure: string,
   *          language: string}} shown amounts in yuan or projects, a year each
   */
  show({ first, amounts, window, measure, language }) {
    Object.assign(this, { first, window });
    if (this.bars.length !== amounts.length) {
      this.bars = amounts.map(() => element("i", ""));
      this.columns.replaceChildren(...this.bars);
    }
    const most = Math.max(...amounts, 1);
    amounts.forEach((amount, i) => {
      const bar = this.bars[i];
      const share = Math.max(0, amount) / most;
      const height = `${amount > 0 ? Math.max(4, share * 100) : 0}%`;
      const name = first + i >= window[0] && first + i <= window[1] ? "lit" : "";
      if (bar.style.getPropertyValue("--h") !== height) bar.style.setProperty("--h", height);
      if (bar.className !== name) bar.className = name;
    });
    const words = wordsOf(language);
    const text = window[0] === window[1] ? String(window[0]) : window.join("\u2013");
    this.label.textContent = text;
    this.box.title = `${words.totals}: ${this.tallest(amounts, measure, language)}`;
    const places = [(window[0] - first) / amounts.length, (window[1] - first + 1) / amounts.length];
    this.handles.forEach((handle, end) => {
      handle.style.left = `${places[end] * 100}%`;
      const [low, high] = this.limits(end);
      handle.setAttribute("aria-label", end ? words.lastYear : words.firstYear);
      handle.setAttribute("aria-valuemin", String(low));
      handle.setAttribute("aria-valuemax", String(high));
      handle.setAttribute("aria-valuenow", String(window[end]));
    });
  }

  /** @returns {string} what the tallest bar stands for */
  tallest(amounts, measure, language) {
    const most = Math.max(...amounts, 0);
    const year = this.first + amounts.indexOf(most);
    const isCount = measure === "projects";
    return `${year} ${valueText(isCount ? most : most / YUAN_PER_WAN, isCount ? "projects" : "amount", language)}`;
  }

  yearAt(clientX) {
    const { left, width } = this.columns.getBoundingClientRect();
    const spot = Math.floor(((clientX - left) / width) * this.bars.length);
    return this.first + Math.max(0, Math.min(this.bars.length - 1, spot));
  }

  /** An edge moves that edge, the middle moves the window, and beside it a new one begins. */
  grasp(event) {
    if (event.button) return;
    event.preventDefault();
    this.box.setPointerCapture(event.pointerId);
    const edges = this.handles.map((handle) => handle.getBoundingClientRect());
    const near = edges.map(({ left, width }) => Math.abs(left + width / 2 - event.clientX));
    const year = this.yearAt(event.clientX);
    const [from, to] = this.window;
    const end = near[1] <= near[0] ? 1 : 0;
    const isWhole = to - from === this.bars.length - 1;
    if (near[end] <= EDGE_PX) this.held = { end, anchor: this.window[1 - end] };
    else if (!isWhole && year >= from && year <= to) this.held = { year, from, to };
    else {
      this.held = { end: 1, anchor: year };
      this.onChange([year, year], false);
    }
  }

  pull(event) {
    if (!this.held) return;
    const year = this.yearAt(event.clientX);
    const { anchor, from, to } = this.held;
    if (anchor !== undefined) {
      this.onChange([Math.min(anchor, year), Math.max(anchor, year)], false);
      return;
    }
    const last = this.first + this.bars.length - 1;
    const by = Math.max(this.first - from, Math.min(last - to, year - this.held.year));
    this.onChange([from + by, to + by], false);
  }

  release() {
    if (!this.held) return;
    this.held = undefined;
    this.onChange([...this.window], true);
  }
}
