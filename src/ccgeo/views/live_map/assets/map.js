// The map itself: made once, then told what changed.
import "./leaflet/leaflet.js";
import { Asking } from "./asking.js";
import { Camera } from "./camera.js";
import { BorderLayer, ChoroplethLayer } from "./choropleth.js";
import { CoverLayer } from "./cover.js";
import { Crumbs } from "./crumbs.js";
import { FlowLayer, readFlows } from "./flows.js";
import { loadFrame } from "./geometry.js";
import { join, lead, leave, peers } from "./group.js";
import { RegionInset } from "./inset.js";
import { UnitKeys } from "./keys.js";
import { labelArea, PartnerLabels } from "./labels.js";
import { element } from "./element.js";
import { NameLayer } from "./names.js";
import { LegendBox } from "./legend.js";
import { isCoarser, levelInside } from "./levels.js";
import { Tip } from "./tip.js";
import { sectorColour } from "./sector_colours.js";
import { ZoneOverlay } from "./overlay.js";
import { money, wordsOf } from "./words.js";

const L = globalThis.L;
const ZOOM_STEP = 0.75;
/** How long Python may take to hear of a unit that was opened. */
const PATIENCE_MS = 6000;
/** A unit that is found is shown with this many times its size around it. */
const AROUND = 3;
const ZOOM = { region: { min: -2, max: 4 }, world: { min: -7, max: 0 } };

export class LiveMap {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.send = () => {};
    this.turn = 0;
    this.lines = [];
    this.units = new Map();
    this.selected = { kind: "none", id: "" };
    this.views = {};
    this.isCalm = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.stage = element("div", "ccgeo-stage");
    // Without a style sheet yet, Leaflet would set the position itself, and the stage have no height.
    this.stage.style.position = "absolute";
    host.append(this.stage);
    this.map = L.map(this.stage, {
      crs: L.CRS.Simple,
      // Leaflet would take the focus on a click, and the page would scroll under the pointer.
      keyboard: false,
      zoomSnap: 0,
      zoomDelta: ZOOM_STEP,
      wheelPxPerZoomLevel: 110,
      zoomControl: false,
      zoomAnimation: !this.isCalm,
      fadeAnimation: !this.isCalm,
      inertia: !this.isCalm,
      maxBoundsViscosity: 0.7,
    });
    this.map.attributionControl.setPrefix("Leaflet");
    this.choropleth = new ChoroplethLayer();
    this.borders = new BorderLayer();
    this.cover = new CoverLayer();
    this.flows = new FlowLayer(() => this.findExits());
    this.labels = new PartnerLabels(host, (partner, event) =>
      this.activate("partner", partner, event.shiftKey),
    );
    this.names = new NameLayer(() => [...this.coverBoxes(), ...this.labels.boxes()]);
    this.legend = new LegendBox(host);
    this.inset = new RegionInset(host, () => this.showFrame("region"));
    this.crumbs = new Crumbs(host, (id) => (id ? this.drill(id) : this.goHome()));
    this.overlay = new ZoneOverlay();
    this.tip = new Tip(host);
    this.keys = new UnitKeys(this);
    this.camera = new Camera(this);
    this.styled = stylesOf(host);
    keepClear(host);
    this.addFrameButtons();
    this.asking = new Asking(this, this.isCalm);
    this.listen();
    this.watchSize();
  }

  addFrameButtons() {
    this.frameButtons = element("div", "ccgeo-frames");
    this.frameButtons.setAttribute("role", "group");
    for (const [sign, step] of [["+", ZOOM_STEP], ["\u2212", -ZOOM_STEP]]) {
      const button = element("button", "ccgeo-zoom", sign);
      button.type = "button";
      button.dataset.zoom = step > 0 ? "zoomIn" : "zoomOut";
      button.addEventListener("click", () => this.zoomBy(step));
      this.frameButtons.append(button);
    }
    for (const frame of ["region", "world"]) {
      const button = element("button", "");
      button.type = "button";
      button.dataset.frame = frame;
      button.addEventListener("click", () => this.showFrame(frame));
      this.frameButtons.append(button);
    }
    this.host.append(this.frameButtons);
  }

  zoomBy(step) {
    this.map.setZoom(this.map.getZoom() + step);
  }

  listen() {
    this.map.on("mousemove", ({ containerPoint, originalEvent }) => {
      this.point(this.under(containerPoint, originalEvent.target), containerPoint);
    });
    this.map.on("mouseout", () => this.point({ kind: "none", id: "" }));
    this.map.on("click", ({ containerPoint, originalEvent }) => {
      const { kind, id } = this.under(containerPoint, originalEvent.target);
      this.activate(kind, id, originalEvent.shiftKey);
    });
    this.host.addEventListener("keydown", (event) => this.press(event));
    this.map.on("movestart zoomstart", () => this.host.classList.add("is-moving"));
    this.map.on("move", () => lead(this, false));
    this.map.on("moveend", () => {
      lead(this, true);
      this.host.classList.remove("is-moving");
      this.camera.rest();
    });
  }

  /** One key for the other frame, wherever in the map the focus is. */
  press(event) {
    if (event.key.toLowerCase() !== "w" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.showFrame(this.frame === "world" ? "region" : "world");
  }

  watchSize() {
    this.sizes = new ResizeObserver((entries) => {
      const before = JSON.stringify(this.covers);
      this.covers = null;
      if (!this.geometry || !this.host.clientWidth) return;
      if (entries.some(({ target }) => target === this.host)) this.resize();
      else if (before !== JSON.stringify(this.coverBoxes())) this.flows.draw();
    });
    for (const part of [this.host, this.legend.box, this.frameButtons, this.crumbs.box]) this.sizes.observe(part);
  }

  /** Fill the new size; a reader who has moved the map keeps what is in the middle. */
  resize() {
    this.fitNewSize();
  }

  /** Follow a new height of the stage. */
  fitNewSize() {
    if (!this.fitted) return;
    this.covers = null;
    const { centre, zoom } = this.fitted;
    const isUntouched = !this.map.getSize().y
      || (zoom === this.map.getZoom() && centre.equals(this.map.getCenter(), 1));
    this.labels.readStyle();
    this.map.invalidateSize({ pan: false, animate: false });
    if (isUntouched) this.fit();
  }

  remove() {
    this.turn += 1;
    this.asking.close();
    this.camera.stop();
    leave(this);
    this.sizes.disconnect();
    this.map.remove();
    for (const child of [...this.host.children]) child.remove();
  }

  /** Show what Python sent. @param {import("./types.js").Payload} payload */
  async update(payload) {
    this.arrival = (this.arrival ?? 0) + 1;
    const arrival = this.arrival;
    await this.asking.take(payload);
    if (arrival !== this.arrival || !this.asking.isReady(payload)) return;
    const before = this.sent;
    this.sent = this.kept(payload);
    join(this, payload.group ?? "");
    if (payload.frame !== before?.frame) this.frame = payload.frame;
    if (this.sent.selected !== before?.selected) this.selected = selection(this.sent);
    await this.paint();
    this.visit(before);
    this.camera.take(payload.camera);
  }

  /** Go to a unit that was found elsewhere on the page, with what lies around it. */
  visit(before) {
    const { selected } = this.sent;
    if (!before || selected === before.selected || selected === this.chosen) return;
    const [kind, id] = selected.split(":");
    if (kind === "district" && !isCoarser(id, this.sent.level)) this.flyTo(id, AROUND);
  }

  /** An answer from before a unit was opened does not close it again. */
  kept(payload) {
    const { level, selected, until } = this.ahead ?? {};
    const isNews = level && (payload.level !== level || payload.selected !== selected);
    if (!isNews || Date.now() > until) this.ahead = undefined;
    const kept = this.ahead && this.asking.atLevel(payload, level);
    return kept ? { ...kept, selected } : payload;
  }

  /** Switch to the region or the world; the other frame keeps its zoom and centre. */
  async showFrame(frame) {
    if (frame === this.frame) return;
    const all = [this, ...peers(this)];
    for (const live of all) live.frame = frame;
    await Promise.all(all.map((live) => live.paint()));
    this.send({ kind: "frame", id: frame });
  }

  /** Draw other numbers over what is there. */
  redraw() {
    if (this.geometry) this.draw(this.geometry);
  }

  async paint() {
    this.turn += 1;
    const turn = this.turn;
    const { vintage, level } = this.sent;
    const fetched = loadFrame(vintage, this.frame).catch((error) => this.fail(error));
    const [geometry] = await Promise.all([fetched, this.styled]);
    await sizeOf(this.stage);
    if (turn !== this.turn || !geometry) return;
    this.choropleth.setGeometry(geometry, level);
    this.borders.setGeometry(geometry, level);
    this.showView(geometry);
    this.draw(geometry);
    this.follow();
  }

  /** Go to a unit that was opened: its parts are shown in full, what lies around stays. */
  follow() {
    const { kind, id } = this.selected;
    const opened = kind === "district" && isCoarser(id, this.sent.level) ? id : "";
    if (opened && opened !== this.opened) this.flyTo(opened);
    this.opened = opened;
  }

  /**
   * @param {string} id unit of any level @param {number} [around] how much more is shown
   * @returns {string|undefined} where the map will stand, as Python is told; nothing if it stays
   */
  flyTo(id, around = 1) {
    const box = this.geometry.box(id);
    if (!box || this.geometry.rim) return undefined;
    const more = (around - 1) / 2;
    const [wide, high] = [(box.right - box.left) * more, (box.top - box.bottom) * more];
    const corners = [[box.bottom - high, box.left - wide], [box.top + high, box.right + wide]];
    // What is opened does not go under the legend, where there is room beside it.
    const { open, offsetWidth } = this.legend.box;
    const left = open && this.host.clientWidth >= 600 ? offsetWidth + 20 : 56;
    return this.camera.go(corners, { left, top: 56, right: 40, bottom: 40 });
  }

  /** Back to the whole region, and nothing selected. */
  goHome() {
    this.opened = "";
    this.choose("none", "", this.camera.goHome());
  }

  showView(geometry) {
    const isFirst = !this.geometry;
    const isOtherFrame = this.shownFrame !== this.frame;
    this.geometry = geometry;
    if (!isOtherFrame) return;
    if (!isFirst) this.views[this.shownFrame] = [this.map.getCenter(), this.map.getZoom()];
    this.shownFrame = this.frame;
    this.flows.setFlows([], geometry);
    this.map.setMinZoom(ZOOM[this.frame].min).setMaxZoom(ZOOM[this.frame].max);
    if (this.views[this.frame]) this.map.setView(...this.views[this.frame], { animate: false });
    else this.fit();
    if (!isFirst) return;
    const layers = [this.choropleth, this.overlay, this.borders, this.cover, this.flows, this.names];
    for (const layer of layers) this.map.addLayer(layer);
  }

  /** Bring the whole frame into view. */
  fit() {
    const { rim } = this.geometry;
    const around = { left: -rim, bottom: -rim, right: rim, top: rim };
    const box = rim ? around : this.geometry.extent();
    const corners = [[box.bottom, box.left], [box.top, box.right]];
    // The boxes stand on the left.
    const wide = rim
      ? { paddingTopLeft: [110, 22], paddingBottomRight: [6, 22] }
      : { paddingTopLeft: [150, 34], paddingBottomRight: [60, 46] };
    const room = this.host.clientWidth >= 600 ? wide : { padding: [12, rim ? 22 : 34] };
    this.map.fitBounds(corners, { ...room, animate: false });
    const reach = Math.max(box.right - box.left, box.top - box.bottom);
    this.map.setMaxBounds([
      [box.bottom - reach * 0.6, box.left - reach * 0.6],
      [box.top + reach * 0.6, box.right + reach * 0.6],
    ]);
    this.map.setMinZoom(this.map.getZoom() - 0.8);
    this.fitted = { centre: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  draw(geometry) {
    this.payload = this.asking.shown(this.sent, geometry);
    const { payload } = this;
    const words = wordsOf(payload.language);
    this.setColours(payload.legend);
    this.choropleth.setClasses(payload.classes);
    this.host.classList.toggle("is-cover", Boolean(payload.cover));
    this.cover.show(payload.cover, geometry, this.frame);
    this.overlay.show(this.asking.zones, geometry, this.frame);
    this.drawInset(payload, geometry, words);
    this.units = readUnits(payload, geometry);
    this.lines = readFlows(payload.flows, geometry, payload.level);
    this.flows.bySector = this.sectorColours(payload);
    this.flows.setFlows(this.lines, geometry);
    this.legend.update(payload, this.lines, this.asking);
    this.labels.setPartners(this.totals(geometry), words);
    this.showSelected();
    this.setWords(words, geometry);
    this.flows.draw();
    this.showNames();
    this.tip.refresh();
    this.host.classList.remove("is-loading");
    this.host.dataset.painted = String(Number(this.host.dataset.painted ?? 0) + 1);
  }

  /** @returns {boolean} whether a partner is a group of countries */
  isBloc(partner) {
    return Boolean(this.geometry.partners[partner]?.bloc);
  }

  /** Name the units after the partners: their labels come first. */
  showNames() {
    const { language, names, level } = this.payload;
    const { circleShort } = wordsOf(language);
    const nameOf = (id) => {
      if (id === "circle") return circleShort;
      const { en, zh, shortEn, shortZh } = this.geometry.names(id);
      return nameIn({ en: shortEn || en, zh: shortZh || zh }, names, language);
    };
    const { kind, id } = this.selected;
    const selected = kind === "district" && !this.flows.rings().has(id) ? id : "";
    this.names.show({ geometry: this.geometry, level, rings: this.flows.rings(), selected, nameOf });
  }

  /** @returns {((flow: object) => string)|null} how lines are coloured, if by sector */
  sectorColours({ lines }) {
    if (lines?.colour !== "sector") return null;
    const { night } = this.flows.colours;
    const ids = this.asking.sectors.map(([id]) => id);
    return ({ sector }) => sectorColour(sector === null ? null : ids[sector], night);
  }

  /** In the world frame the region stands beside itself, large enough to read. */
  drawInset({ classes, level, cover }, geometry, words) {
    const isShown = Boolean(geometry.rim) && !cover;
    if (this.inset.box.hidden === isShown) this.covers = null;
    this.inset.box.hidden = !isShown;
    this.host.classList.toggle("has-inset", isShown);
    if (!isShown) return;
    this.inset.box.setAttribute("aria-label", words.toRegion);
    this.inset.box.title = words.toRegion;
    this.inset.setGeometry(geometry, level);
    this.inset.setClasses(classes);
  }

  /** Read the theme before anything is written: in that order the page is styled once. */
  setColours({ colours, dark }) {
    const style = getComputedStyle(this.host);
    const key = JSON.stringify([style.backgroundColor, style.color, colours]);
    if (key === this.colours) return;
    this.colours = key;
    const isNight = isDark(style.backgroundColor);
    this.host.classList.toggle("is-dark", isNight);
    const shown = isNight ? (dark ?? colours) : colours;
    shown.forEach((colour, i) => this.host.style.setProperty(`--c${i}`, colour));
    const read = (name) => style.getPropertyValue(name).trim();
    const [inbound, outbound, ground] = ["--inbound", "--outbound", "--ground"].map(read);
    this.flows.colours = { inbound, outbound, ground, night: isNight };
  }

  setWords(words, geometry) {
    for (const button of this.frameButtons.querySelectorAll("[data-frame]")) {
      button.setAttribute("aria-pressed", String(button.dataset.frame === this.frame));
    }
    if (this.said?.words === words && this.said.geometry === geometry) return;
    this.said = { words, geometry };
    this.stage.setAttribute("role", "img");
    this.stage.setAttribute("aria-label", words.map);
    this.keys.setWords(words);
    this.frameButtons.setAttribute("aria-label", words.frames);
    for (const button of this.frameButtons.children) {
      const { frame, zoom } = button.dataset;
      if (frame) button.textContent = words[frame];
      if (zoom) button.setAttribute("aria-label", words[zoom]);
    }
    const [name, approval] = geometry.source;
    const parts = [
      `${words.boundaries}: ${[words.source[name] ?? name, approval].filter(Boolean).join(" ")}`,
    ];
    if (geometry.rim) parts.push(words.land);
    const { attributionControl } = this.map;
    attributionControl._attributions = {};
    for (const part of parts) attributionControl.addAttribution(part);
  }

  /** @returns {{partner: string, name: string, total: string}[]} largest first */
  totals(geometry) {
    const { language, measure, names } = this.payload;
    const sums = new Map();
    for (const { partner, amount, projects } of this.lines) {
      const sum = sums.get(partner) ?? { partner, amount: 0, projects: 0 };
      sum.amount += amount;
      sum.projects += projects;
      sums.set(partner, sum);
    }
    const words = wordsOf(language);
    const by = (sum) => (measure === "projects" ? sum.projects : sum.amount);
    return [...sums.values()]
      .sort((one, other) => by(other) - by(one))
      .map((sum) => {
        const isCounted = measure === "projects" || !sum.amount;
        const total = isCounted ? words.projects(sum.projects) : money(sum.amount, language);
        const facts = geometry.partners[sum.partner];
        const far = geometry.rim && facts.beyond ? `, ${words.distance(facts.km)}` : "";
        const name = nameIn(facts, names, language);
        return { partner: sum.partner, name, total: total + far, isBloc: this.isBloc(sum.partner) };
      });
  }

  /** Place the partners' labels. @returns {Map} where the lines of each partner end */
  findExits() {
    const view = labelArea(this.map.getSize());
    const taken = this.coveredBoxes();
    const toPixels = ({ x, y }) => this.map.latLngToContainerPoint([y, x]);
    const spots = new Map();
    for (const partner of this.labels.labels.keys()) {
      spots.set(partner, toPixels(this.geometry.partner(partner)));
    }
    if (this.geometry.rim) {
      this.labels.placeBeside(spots, view, taken);
      return new Map();
    }
    return this.labels.placeOnEdge(this.bundles(spots, toPixels), view, taken);
  }

  /** Where the lines of each partner come from, as far as they are in the picture. */
  bundles(spots, toPixels) {
    const size = this.map.getSize();
    const ends = new Map([...spots.keys()].map((partner) => [partner, []]));
    for (const flow of this.lines) {
      const end = toPixels(flow.end);
      const isShown = end.x > 0 && end.y > 0 && end.x < size.x && end.y < size.y;
      if (isShown) ends.get(flow.partner).push(end);
    }
    const bundles = new Map();
    for (const [partner, points] of ends) {
      if (!points.length) continue;
      const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
      bundles.set(partner, { from: { x: mean("x"), y: mean("y") }, to: spots.get(partner) });
    }
    return bundles;
  }

  /** Boxes that no label may cover; looked up again only after one of them changed. */
  coveredBoxes() {
    const covers = this.coverBoxes();
    return this.geometry.rim ? [...covers, this.regionBox()] : covers;
  }

  coverBoxes() {
    this.covers ??= this.measureCovers();
    return this.covers;
  }

  measureCovers() {
    const frame = this.host.getBoundingClientRect();
    const covers = [this.legend.box, this.frameButtons, this.inset.box, this.crumbs.box];
    return covers.filter((cover) => cover.offsetParent).map((cover) => {
      const box = cover.getBoundingClientRect();
      return {
        left: Math.round(box.left - frame.left),
        top: Math.round(box.top - frame.top),
        right: Math.round(box.right - frame.left),
        bottom: Math.round(box.bottom - frame.top),
      };
    });
  }

  /** The region itself, which no label may cover in the world frame. */
  regionBox() {
    const { left, bottom, right, top } = this.geometry.extent();
    const low = this.map.latLngToContainerPoint([bottom, left]);
    const high = this.map.latLngToContainerPoint([top, right]);
    return { left: low.x, top: high.y, right: high.x, bottom: low.y };
  }

  /** @returns {{kind: string, id: string, flow?: object}} what lies under a point */
  under(point, target) {
    const flow = this.flows.hit(point);
    if (flow) return { kind: "flow", id: flow.id, flow };
    const ring = this.flows.hitRing(point);
    if (ring) return { kind: ring === "circle" ? "known" : "district", id: ring };
    const zone = target instanceof Element ? target.getAttribute("data-zone") : null;
    if (zone) return { kind: "zone", id: zone };
    const id = target instanceof Element ? target.getAttribute("data-id") : null;
    if (id) return { kind: "district", id };
    const partner = this.flows.hitPartner(point);
    return partner ? { kind: "partner", id: partner } : { kind: "none", id: "" };
  }

  /** Show what the pointer or the keyboard is on. */
  point(thing, at) {
    if (!this.geometry) return;
    this.borders.mark("hover", thing.kind === "district" ? thing.id : "");
    this.host.classList.toggle("is-pointing", thing.kind !== "none");
    this.tip.show(this, thing, at);
  }

  /** What a click or Enter does: open a unit that has parts, add to a comparison, or select. */
  activate(kind, id, isShift) {
    const isUnit = kind === "district" && this.choropleth.paths.has(id);
    if (isShift && kind !== "none") this.send({ kind: "compare", id: `${kind}:${id}` });
    else if (this.sent.drill && isUnit && this.sent.level !== "district") this.drill(id);
    else this.choose(kind, id);
  }

  /** Open a unit: its parts are drawn at once where their classes are known, then Python is told. */
  async drill(id) {
    const level = levelInside(id);
    const selected = `district:${id}`;
    this.chosen = selected;
    this.selected = { kind: "district", id };
    this.opened = id;
    const parts = this.asking.atLevel(this.sent, level);
    this.ahead = undefined;
    if (parts) {
      this.ahead = { level, selected, until: Date.now() + PATIENCE_MS };
      this.sent = { ...parts, selected };
      await this.paint();
    } else this.showSelected();
    const news = this.camera.with({ kind: "drill", id }, this.flyTo(id));
    // Painted first: what the page does with the news would keep the browser from it.
    requestAnimationFrame(() => setTimeout(() => this.send(news)));
  }

  /**
   * Select a thing, or nothing when it is selected already, and tell Python.
   * @param {string} [camera] where the map will stand
   */
  choose(kind, id, camera) {
    const isSame = this.selected.kind === kind && this.selected.id === id;
    if (kind === "none" && this.selected.kind === "none") return;
    this.selected = isSame ? { kind: "none", id: "" } : { kind, id };
    this.chosen = isSame || kind === "none" ? "" : `${kind}:${id}`;
    if (this.ahead) this.ahead.selected = this.chosen;
    this.showSelected();
    this.flows.draw();
    this.send(this.camera.with({ ...this.selected }, camera));
  }

  showSelected() {
    const { kind, id } = this.selected;
    this.borders.mark("selected", kind === "district" ? id : "");
    this.labels.setSelected(kind === "partner" ? id : "");
    this.crumbs.show(this, kind === "district" && this.sent.drill && !this.geometry.rim ? id : "");
    this.flows.lit = (flow) => {
      if (kind === "partner") return flow.partner === id;
      if (kind === "flow") return flow.id === id;
      const isEnd = kind === "district" || kind === "known";
      return isEnd && this.lines.some((line) => line.place === id) ? flow.place === id : null;
    };
  }

  fail(error) {
    this.host.classList.remove("is-loading");
    this.host.dataset.problem = error.message;
    this.stage.textContent = wordsOf(this.sent.language).failed;
  }
}

/**
 * Streamlit fades what a rerun has not reached yet. The map shows the last answer until the next
 * is there, and a fade - even one that never begins to show - would draw all of it anew, twice.
 */
function keepClear(host) {
  const container = host.getRootNode().host?.closest("[data-testid=stElementContainer]");
  container?.style.setProperty("opacity", "1", "important");
  container?.style.setProperty("transition", "none", "important");
}

/** @returns {string} in the language asked for, or in both, the reader's own first */
function nameIn({ en, zh }, names, language) {
  if (names === "both") return language === "zh" ? `${zh} ${en}` : `${en} ${zh}`;
  return { en, zh }[names] ?? { en, zh }[language];
}

/** Nothing can be measured before the style sheet is there, which may come after the map itself. */
async function stylesOf(host) {
  while (!getComputedStyle(host).getPropertyValue("--foot")) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Nothing fits into a stage that is hidden, or has lost its style again. @returns {Promise<void>} */
function sizeOf(stage) {
  if (stage.clientHeight) return Promise.resolve();
  return new Promise((resolve) => {
    const sizes = new ResizeObserver(() => {
      if (!stage.clientHeight) return;
      sizes.disconnect();
      resolve();
    });
    sizes.observe(stage);
  });
}

/** @returns {{kind: string, id: string}} */
function selection({ selected }) {
  const [kind, id] = (selected ?? "").split(":");
  return id ? { kind, id } : { kind: "none", id: "" };
}

/** @param {string} colour as the browser computed it @returns {boolean} */
function isDark(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}

/** @returns {Map<string, {value: number, records: number, projects: number, mark: string}>} */
function readUnits(payload, geometry) {
  const units = new Map();
  let next = 0;
  geometry.adcodes(payload.level).forEach((id, i) => {
    const mark = payload.classes[i] ?? "-";
    if (mark === "-") return;
    const [value, records, projects] = ["values", "records", "projects"].map((k) => payload[k][next]);
    units.set(id, { value, records, projects, mark });
    next += 1;
  });
  return units;
}
