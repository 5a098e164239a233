// Where the map stands, in the address bar: told when it has come to rest, taken up from a link.
import "./leaflet/leaflet.js";

const L = globalThis.L;
const REST_MS = 700;
const PARAMS = ["zoom", "east_km", "north_km"];

export class Camera {
  /** @param {import("./map.js").LiveMap} live */
  constructor(live) {
    this.live = live;
    this.said = "";
    this.told = "";
  }

  /** Stand where a link says. @param {import("./types.js").Payload["camera"]} camera */
  take(camera) {
    if (!camera || !this.live.geometry) return;
    this.version = camera.version;
    const told = camera.stands ? camera.stands.join("_") : "";
    const isNews = told !== this.told && told !== this.said;
    this.told = told;
    if (!isNews) return;
    this.said = told;
    if (!told) {
      this.live.fit();
      return;
    }
    const [zoom, east, north] = camera.stands;
    this.live.map.setView([north, east], zoom, { animate: false });
  }

  /**
   * Bring corners into view, the middle on a whole kilometre, as words and links have it.
   * @param {number[][]} corners @param {{left: number, top: number, right: number, bottom: number}} room
   * @returns {string|undefined} where the map will stand, if Python is told of it
   */
  go(corners, { left, top, right, bottom }) {
    const { map } = this.live;
    const box = L.latLngBounds(corners);
    const fitting = map.getBoundsZoom(box, false, L.point(left + right, top + bottom));
    const zoom = Math.min(map.getMaxZoom(), Math.floor(fitting * 100) / 100);
    const shift = L.point(right - left, bottom - top).divideBy(2);
    const middle = map.project(box.getCenter(), zoom).add(shift);
    const { lat, lng } = map.unproject(middle, zoom);
    return this.fly(L.latLng(Math.round(lat), Math.round(lng)), zoom);
  }

  /** Bring the whole frame into view. @returns {string|undefined} as `go` */
  goHome() {
    const { centre, zoom } = this.live.fitted;
    return this.fly(centre, zoom);
  }

  fly(centre, zoom) {
    const { map, isCalm } = this.live;
    map.stop();
    map.setView(centre, zoom, { animate: !isCalm });
    return this.version ? this.wordsOf(centre, zoom) : undefined;
  }

  /** Say in an event where the map will stand, so that Python hears once of what one click did. */
  with(event, said) {
    if (said === undefined) return event;
    this.write(said);
    return { ...event, camera: said };
  }

  /** Wait until nobody moves the map any more. */
  rest() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), REST_MS);
  }

  stop() {
    clearTimeout(this.timer);
  }

  tell() {
    if (!this.version || !this.live.fitted) return;
    const { map } = this.live;
    const said = this.wordsOf(map.getCenter(), map.getZoom());
    if (said === this.said) return;
    this.write(said);
    this.live.send({ kind: "camera", id: said });
  }

  write(said) {
    this.said = said;
    writeLink(said ? said.split("_") : [], this.version);
  }

  /** Zoom, east and north as a link keeps them; nothing while all of the frame is in view. */
  wordsOf(centre, zoom) {
    const { fitted } = this.live;
    if (zoom === fitted.zoom && centre.equals(fitted.centre, 1)) return "";
    const numbers = [zoom.toFixed(2), Math.round(centre.lng), Math.round(centre.lat)];
    return numbers.map((number) => String(Number(number))).join("_");
  }
}

/** Change the address bar in place: Streamlit would add a step back for each move of the map. */
function writeLink(numbers, version) {
  const kept = location.search.slice(1).split("&").filter((part) => {
    const name = part.split("=", 1)[0];
    return part && name !== "v" && !PARAMS.includes(name);
  });
  if (kept.length || numbers.length) kept.push(`v=${version}`);
  const added = numbers.map((number, i) => `${PARAMS[i]}=${number}`);
  const query = [...kept, ...added].join("&");
  history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : ""));
}
