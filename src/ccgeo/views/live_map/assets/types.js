// Shapes of the data that the modules share; nothing here runs.

/**
 * What Python sends on each change. Units are positional: character i of `classes` belongs to
 * the i-th adcode, in ascending order, of the level and vintage.
 * @typedef {object} Payload
 * @property {"en"|"zh"} language
 * @property {"region"|"world"} frame
 * @property {string} vintage
 * @property {"province"|"prefecture"|"district"} level
 * @property {"amount"|"projects"|"amount_per_km2"} measure
 * @property {string} selected kind and id joined by a colon; empty for none
 * @property {string} classes one character a unit: its class in base 36, "-" for no data
 * @property {number[]} values one number for each unit with data, in the measure's unit
 * @property {number[]} records how many records each of these has
 * @property {number[]} projects how many projects each of these has
 * @property {Legend} legend
 * @property {FlowData} flows
 * @property {Cover} [cover] zones or the circle in place of amounts: class 0 is covered in part,
 *   class 1 whole
 *
 * @typedef {object} Cover
 * @property {string} none what a district without tips says
 * @property {Record<string, string[]>} tips what to say about each district
 * @property {string} point_label what a label point is
 * @property {{id: string, name: string, region: number[], world: number[]}[]} points kilometres
 *
 * @typedef {object} Legend
 * @property {string} title
 * @property {string} unit
 * @property {[string, number][]} classes label and number of units
 * @property {string[]} colours
 * @property {string} no_data_label
 * @property {number} no_data number of units without data
 * @property {string} flow_title
 * @property {[number, string][]} widths pixels and the amount they stand for
 *
 * @typedef {object} FlowData
 * @property {string[]} partners
 * @property {string[]} places
 * @property {number[][]} rows partner, place, outbound, records, projects, CNY 10,000, width
 *
 * A line of the map, in kilometres of the frame.
 * @typedef {object} Flow
 * @property {string} id
 * @property {string} partner
 * @property {string} place
 * @property {boolean} outbound
 * @property {number} records
 * @property {number} projects
 * @property {number} amount CNY 10,000
 * @property {number} width pixels
 * @property {{x: number, y: number}} end where it stands in the region
 * @property {number} ring pixels of the ring around a place known only coarsely, or 0
 */
export {};
