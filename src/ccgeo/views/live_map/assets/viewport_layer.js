// A Leaflet layer whose one element covers the viewport and a margin around it. Panning moves
// the element; only when the map comes to rest does it draw again.
import "./leaflet/leaflet.js";

const L = globalThis.L;

/** Share of the viewport's size that is drawn beyond each edge. */
const MARGIN = 0.15;

export class ViewportLayer extends L.Layer {
  /** @param {HTMLElement|SVGElement} element @param {string} pane */
  constructor(element, pane) {
    super();
    this.options = { ...this.options, pane };
    this.element = element;
    this.element.classList.add("leaflet-zoom-animated");
  }

  onAdd() {
    this.getPane().appendChild(this.element);
    this.reset();
  }

  onRemove() {
    this.element.remove();
  }

  getEvents() {
    return {
      move: this.keepUp,
      moveend: this.reset,
      resize: this.reset,
      viewreset: this.reset,
      zoomanim: this.follow,
    };
  }

  /** Cover the viewport as it is now and draw. */
  reset() {
    const map = this._map;
    const margin = map.getSize().multiplyBy(MARGIN).round();
    this.size = map.getSize().add(margin.multiplyBy(2));
    this.corner = map.containerPointToLayerPoint(margin.multiplyBy(-1)).round();
    this.origin = map.layerPointToLatLng(this.corner);
    this.margin = margin;
    this.zoom = map.getZoom();
    this.scale = map.options.crs.scale(this.zoom);
    L.DomUtil.setTransform(this.element, this.corner, 1);
    this.draw();
  }

  /** Draw again during a long drag, before its end comes into view. */
  keepUp() {
    const map = this._map;
    if (map.getZoom() !== this.zoom) return;
    const corner = map.containerPointToLayerPoint(this.margin.multiplyBy(-1));
    const moved = corner.subtract(this.corner);
    if (Math.abs(moved.x) > this.margin.x || Math.abs(moved.y) > this.margin.y) this.reset();
  }

  /** Scale with the zoom animation. */
  follow({ zoom, center }) {
    const corner = this._map._latLngToNewLayerPoint(this.origin, zoom, center);
    L.DomUtil.setTransform(this.element, corner, this._map.getZoomScale(zoom, this.zoom));
  }

  /** @param {{x: number, y: number}} point kilometres @returns {{x: number, y: number}} pixels */
  toPixels({ x, y }) {
    return { x: (x - this.origin.lng) * this.scale, y: (this.origin.lat - y) * this.scale };
  }
}
