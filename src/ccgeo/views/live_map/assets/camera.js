// Where the map stands, in the address bar: told when it has come to rest, taken up from a link.
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
    const said = this.words();
    if (said === this.said) return;
    this.said = said;
    writeLink(said ? said.split("_") : [], this.version);
    this.live.send({ kind: "camera", id: said });
  }

  /** Zoom, east and north as a link keeps them; nothing while all of the frame is in view. */
  words() {
    const { map, fitted } = this.live;
    const [centre, zoom] = [map.getCenter(), map.getZoom()];
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
