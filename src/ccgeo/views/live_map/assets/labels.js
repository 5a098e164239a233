// Labels of partners: on the edge where their lines leave the region, beside their dot in the
// world. Each is a button with the partner's name and total.

import { element } from "./element.js";

const EDGE = 8;
const GAP = 3;
const BORDER = 1;
const PADDING = 6;
/** The dashed ring before the name of a bloc, with its room. */
const SIGN = 14;
const MOST_EM = 13;
const CORNER = 24;
const NARROW = 600;
const MOST_NARROW = 2;
const REST_WIDTH = 62;
const SIDES = ["left", "right", "top", "bottom"];

/** @typedef {{x: number, y: number}} Point pixels of the viewport */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

export class PartnerLabels {
  /** @param {HTMLElement} host @param {(partner: string, event: Event) => void} onChoose */
  constructor(host, onChoose) {
    this.box = document.createElement("div");
    this.box.className = "ccgeo-labels";
    host.append(this.box);
    this.onChoose = onChoose;
    /** @type {Map<string, {button: HTMLElement, name: string, width: number, height: number}>} */
    this.labels = new Map();
    this.ruler = document.createElement("canvas").getContext("2d");
    /** What has no room of its own on a side, counted. */
    this.rests = {};
    for (const side of SIDES) {
      const rest = document.createElement("span");
      rest.className = "ccgeo-label ccgeo-rest";
      this.box.append(rest);
      this.rests[side] = { button: rest, width: REST_WIDTH, height: 0 };
    }
  }

  /**
   * @param {{partner: string, name: string, total: string, isBloc: boolean}[]} partners largest first
   */
  setPartners(partners, { more, inTotal }) {
    this.moreWords = more;
    if (!this.style) this.readStyle();
    const before = this.labels;
    this.labels = new Map();
    for (const { partner, name, total, isBloc } of partners) {
      const label = before.get(partner) ?? { button: this.button(partner) };
      const text = `${name} ${total}`;
      label.button.title = inTotal;
      // Only what reads otherwise is set and measured anew: measuring makes the page lay out.
      if (label.text !== text) {
        const sign = isBloc ? [element("i", "bloc")] : [];
        label.button.replaceChildren(...sign, element("strong", "", name), ` ${total}`);
        Object.assign(label, { name, total, text, isBloc, width: 0 });
      }
      this.labels.set(partner, label);
    }
    const shown = [...this.labels.values(), ...Object.values(this.rests)];
    const buttons = shown.map(({ button }) => button);
    const isSame = buttons.length === this.box.children.length;
    if (!isSame || buttons.some((button, i) => button !== this.box.children[i])) {
      this.box.replaceChildren(...buttons);
    }
    this.measure();
  }

  button(partner) {
    const button = element("button", "ccgeo-label");
    button.type = "button";
    button.dataset.partner = partner;
    button.addEventListener("click", (event) => this.onChoose(partner, event));
    return button;
  }

  /** Measure by the letters: asking the page for sizes would make it lay out at once. */
  measure() {
    const { fontFamily, fontSize, lineHeight } = this.style;
    const height = parseFloat(lineHeight) + 2 * BORDER;
    const widthOf = (text, weight) => {
      this.ruler.font = `${weight} ${fontSize} ${fontFamily}`;
      return this.ruler.measureText(text).width;
    };
    for (const label of this.labels.values()) {
      if (label.width && label.height === height) continue;
      const name = Math.min(widthOf(label.name, 700), MOST_EM * parseFloat(fontSize));
      const sign = label.isBloc ? SIGN : 0;
      label.width = Math.ceil(name + widthOf(` ${label.total}`, 400)) + 2 * (PADDING + BORDER) + sign;
      label.height = height;
    }
    for (const rest of Object.values(this.rests)) rest.height = height;
  }

  /** Read sizes of letters once the style sheet is there, and anew when the window changes. */
  readStyle() {
    const { fontFamily, fontSize, lineHeight } = getComputedStyle(this.rests.top.button);
    this.style = { fontFamily, fontSize, lineHeight };
  }

  show(label, x, y) {
    const { button } = label;
    button.hidden = false;
    button.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    label.box = { left: x, top: y, right: x + label.width, bottom: y + label.height };
    this.shown.add(label);
  }

  /** @returns {Box[]} what the labels cover now */
  boxes() {
    return [...(this.shown ?? [])].map(({ box }) => box);
  }

  hideOthers() {
    for (const label of [...this.labels.values(), ...Object.values(this.rests)]) {
      if (!this.shown.has(label)) label.button.hidden = true;
    }
  }

  /** @param {string} partner */
  setSelected(partner) {
    this.selected = partner;
    for (const [id, { button }] of this.labels) {
      button.setAttribute("aria-pressed", String(id === partner));
    }
  }

  /** Who has a place before all others: what is selected, or has the focus. @returns {object[]} */
  chosenFirst(items) {
    const rank = ({ partner, label }) => Number(partner === this.selected || label.button.matches(":focus"));
    return [...items].sort((one, other) => rank(other) - rank(one));
  }

  /**
   * Place the labels where the lines leave the picture.
   * @param {Map<string, {from: Point, to: Point}>} bundles largest first
   * @param {Box} view @param {Box[]} taken boxes that labels must not cover
   * @returns {Map<string, Point & {trunk: Point}>} where the lines of each partner end
   */
  placeOnEdge(bundles, view, taken) {
    const sides = { left: [], right: [], top: [], bottom: [] };
    const exits = new Map();
    this.shown = new Set();
    for (const [partner, { from, to }] of bundles) {
      const label = this.labels.get(partner);
      if (!label) continue;
      const exit = crossing(from, to, view);
      if (exit.side) sides[exit.side].push({ partner, label, from, exit });
      else {
        exits.set(partner, { x: to.x, y: to.y, trunk: between(to, from) });
        const middle = to.x - label.width / 2;
        const x = Math.max(view.left, Math.min(view.right - label.width, middle));
        this.show(label, x, to.y - label.height - 4);
      }
    }
    for (const [side, leaving] of Object.entries(sides)) {
      for (const placed of this.spread(side, this.chosenFirst(leaving), view, taken)) {
        this.show(placed.label, placed.x, placed.y);
        for (const { partner, from } of placed.items) {
          exits.set(partner, { ...placed.end, trunk: between(placed.end, from) });
        }
      }
    }
    this.hideOthers();
    return exits;
  }

  /** Push the labels of one side apart; the smallest share one when there is no room. */
  spread(side, leaving, view, taken) {
    const isUpright = side === "left" || side === "right";
    const sizeOf = ({ label }) => (isUpright ? label.height : label.width) + GAP;
    const [start, end] = freeStretch(side, view, taken);
    const isNarrow = view.right - view.left < NARROW;
    const most = isNarrow ? MOST_NARROW : Infinity;
    const kept = fitting(leaving, sizeOf, { room: end - start, most }, this.rests[side]);
    const rest = kept.find(({ label }) => label === this.rests[side]);
    if (rest) {
      rest.label.button.textContent = this.moreWords(rest.items.length);
      rest.label.button.title = rest.items.map(({ partner }) => this.labels.get(partner).name).join(", ");
    }
    const wanted = (item) => (isUpright ? item.exit.y : item.exit.x) - sizeOf(item) / 2;
    kept.sort((one, other) => wanted(one) - wanted(other));
    let limit = start;
    for (const item of kept) {
      item.at = Math.max(limit, wanted(item));
      limit = item.at + sizeOf(item);
    }
    limit = end;
    for (const item of [...kept].reverse()) {
      item.at = Math.min(item.at, limit - sizeOf(item));
      limit = item.at;
    }
    return kept.map((item) => onSide(side, item, view));
  }

  /**
   * Place the labels beside the partners' dots; those that would cover another stay hidden.
   * @param {Map<string, Point>} dots largest first @param {Box} view @param {Box[]} taken
   */
  placeBeside(dots, view, taken) {
    const boxes = [...taken];
    this.shown = new Set();
    const items = [...this.labels].map(([partner, label]) => ({ partner, label }));
    for (const { partner, label } of this.chosenFirst(items)) {
      const dot = dots.get(partner);
      const spot = dot && spots(dot, label).find(
        (box) => isInside(box, view) && !boxes.some((other) => overlaps(box, other)),
      );
      if (!spot) continue;
      boxes.push(spot);
      this.show(label, spot.left, spot.top);
    }
    this.hideOthers();
  }
}

/** Two thirds of the way out: the lines of a partner run together from there. */
function between(exit, from) {
  return { x: exit.x + (from.x - exit.x) * 0.4, y: exit.y + (from.y - exit.y) * 0.4 };
}

/** @returns {Point & {side: string|null}} where the way from one point to another leaves */
function crossing(from, to, view) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const ways = [
    { side: "left", share: dx < 0 ? (view.left - from.x) / dx : Infinity },
    { side: "right", share: dx > 0 ? (view.right - from.x) / dx : Infinity },
    { side: "top", share: dy < 0 ? (view.top - from.y) / dy : Infinity },
    { side: "bottom", share: dy > 0 ? (view.bottom - from.y) / dy : Infinity },
  ];
  const first = ways.reduce((one, other) => (other.share < one.share ? other : one));
  if (first.share >= 1) return { ...to, side: null };
  return { x: from.x + dx * first.share, y: from.y + dy * first.share, side: first.side };
}

/** Keep the largest labels that fit; the others go together under `rest`. */
function fitting(leaving, sizeOf, { room, most }, rest) {
  const total = leaving.reduce((sum, item) => sum + sizeOf(item), 0);
  const alone = leaving.map((item) => ({ ...item, items: [item] }));
  if (!leaving.length || (total <= room && leaving.length <= most)) return alone;
  let used = sizeOf({ label: rest });
  const count = leaving.findIndex((item, i) => i >= most || (used += sizeOf(item)) > room);
  const items = leaving.slice(count);
  const exit = items[0].exit;
  return [...alone.slice(0, count), { label: rest, exit, items }];
}

/** @returns {{x: number, y: number, end: Point}} corner of the label and end of its lines */
function onSide(side, { label, items, at }, view) {
  const { width, height } = label;
  const spots = {
    left: [view.left, at, view.left + width, at + height / 2],
    right: [view.right - width, at, view.right - width, at + height / 2],
    top: [at, view.top, at + width / 2, view.top + height],
    bottom: [at, view.bottom - height, at + width / 2, view.bottom - height],
  };
  const [x, y, endX, endY] = spots[side];
  return { label, items, x, y, end: { x: endX, y: endY } };
}

/** Longest stretch of a side that no box covers; corners belong to top and bottom. */
function freeStretch(side, view, taken) {
  const isUpright = side === "left" || side === "right";
  const [start, end] = isUpright
    ? [view.top + CORNER, view.bottom - CORNER]
    : [view.left, view.right];
  const depth = isUpright ? 130 : 24;
  const strip = { ...view };
  if (side === "left") strip.right = view.left + depth;
  if (side === "right") strip.left = view.right - depth;
  if (side === "top") strip.bottom = view.top + depth;
  if (side === "bottom") strip.top = view.bottom - depth;
  const covered = taken
    .filter((box) => overlaps(box, strip))
    .map((box) => (isUpright ? [box.top, box.bottom] : [box.left, box.right]))
    .sort((one, other) => one[0] - other[0]);
  let [best, at] = [[start, start], start];
  for (const [from, to] of [...covered, [end, end]]) {
    if (from - at > best[1] - best[0]) best = [at, from];
    at = Math.max(at, to);
  }
  return [best[0] + GAP, best[1] - GAP];
}

/** @returns {Box[]} right, left, above and below a dot */
function spots({ x, y }, { width, height }) {
  const corners = [
    [x + 7, y - height / 2],
    [x - 7 - width, y - height / 2],
    [x - width / 2, y - height - 7],
    [x - width / 2, y + 7],
  ];
  return corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
}

/** @param {Box} box @param {Box} view */
export function isInside(box, view) {
  return (
    box.left >= view.left && box.right <= view.right &&
    box.top >= view.top && box.bottom <= view.bottom
  );
}

/** @param {Box} one @param {Box} other */
export function overlaps(one, other) {
  return (
    one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom
  );
}

/** @param {{x: number, y: number}} size of the viewport @returns {Box} where labels may stand */
export function labelArea(size) {
  return { left: EDGE, top: EDGE, right: size.x - EDGE, bottom: size.y - EDGE - 16 };
}
