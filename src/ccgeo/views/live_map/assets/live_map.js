// Entry point that Streamlit calls on every rerun. The map lives as long as its place on the
// page: a rerun only hands it new data.
import { LiveMap } from "./map.js";

/** @type {WeakMap<ShadowRoot, LiveMap>} */
const maps = new WeakMap();

/**
 * @param {{parentElement: ShadowRoot, data: import("./types.js").Payload,
 *          setTriggerValue: (name: string, value: object) => void}} component
 * @returns {() => void} called when the map leaves the page
 */
export default function mount({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector(".ccgeo-map");
  let live = maps.get(parentElement);
  if (!live || live.host !== host) {
    live?.remove();
    live = new LiveMap(host);
    maps.set(parentElement, live);
  }
  live.send = (event) => setTriggerValue("event", event);
  live.update(data);
  return () => {
    // Streamlit also calls this when one rerun overtakes another, while the map stays.
    if (parentElement.isConnected) return;
    live.remove();
    maps.delete(parentElement);
  };
}
