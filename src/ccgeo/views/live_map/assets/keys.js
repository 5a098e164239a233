// The districts by keyboard: one stop for Tab, arrow keys inside.
import { element } from "./element.js";

const WAYS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export class UnitKeys {
  /** @param {import("./map.js").LiveMap} live */
  constructor(live) {
    this.live = live;
    this.stop = element("div", "ccgeo-keys");
    this.stop.tabIndex = 0;
    this.stop.setAttribute("role", "application");
    this.stop.addEventListener("keydown", (event) => this.press(event));
    this.stop.addEventListener("focus", () => this.go(this.id ?? this.nearestToCentre()));
    this.stop.addEventListener("blur", () => this.leave());
    live.host.prepend(this.stop);
  }

  setWords(words) {
    this.stop.setAttribute("aria-label", words.units);
  }

  press(event) {
    const way = WAYS[event.key];
    if (way) this.go(this.next(way));
    else if (event.key === "Enter" || event.key === " ") this.live.activate("district", this.id, event.shiftKey);
    else if (event.key === "Escape") this.stop.blur();
    else if (event.key === "+" || event.key === "-") this.live.zoomBy(event.key === "+" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} id */
  go(id) {
    const { live } = this;
    if (!id || !live.geometry) return;
    this.id = id;
    const { x, y } = live.geometry.place(id);
    const at = live.map.latLngToContainerPoint([y, x]);
    if (!isInside(at, live.map.getSize())) live.map.panTo([y, x], { animate: false });
    live.borders.mark("focus", id);
    live.tip.show(live, { kind: "district", id }, live.map.latLngToContainerPoint([y, x]));
  }

  leave() {
    const { live } = this;
    if (!live.geometry) return;
    live.borders.mark("focus", "");
    live.tip.show(live, { kind: "none", id: "" });
  }

  nearestToCentre() {
    const { lng: x, lat: y } = this.live.map.getCenter();
    return this.nearest(x, y, () => true);
  }

  /** The nearest district within a right angle around a direction. */
  next([dx, dy]) {
    const { x, y } = this.live.geometry.place(this.id);
    const isThatWay = (place) => {
      const [east, north] = [place.x - x, place.y - y];
      return east * dx + north * dy > Math.abs(east * dy) + Math.abs(north * dx);
    };
    return this.nearest(x, y, isThatWay) ?? this.id;
  }

  nearest(x, y, isAllowed) {
    const { geometry, choropleth } = this.live;
    let [best, least] = [undefined, Infinity];
    for (const id of choropleth.paths.keys()) {
      const place = geometry.place(id);
      const distance = Math.hypot(place.x - x, place.y - y);
      if (distance > 0 && distance < least && isAllowed(place)) [best, least] = [id, distance];
    }
    return best;
  }
}

function isInside({ x, y }, size) {
  return x > 0 && y > 0 && x < size.x && y < size.y;
}
