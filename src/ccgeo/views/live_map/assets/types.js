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
 * @property {string} [group] maps of the same group follow each other's zoom and centre
 * @property {number[]} [play] years asked for, empty for no limit; missing where none can run
 * @property {Cube} [cube] only while the years are open; a key alone when it was sent before
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
 * @property {string[]} dark the same on a dark ground, where more is lighter
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
 * Sums by place and year, whole numbers: records, projects, records that state projects, fen,
 * records that state an amount. Year 0 holds what has no year.
 * @typedef {object} Cube
 * @property {string} key
 * @property {[number, number]} years
 * @property {number[]} bins upper class limits
 * @property {number[]} areas square kilometres of each unit
 * @property {number[][]} units unit, year, sums
 * @property {{partners: string[], places: string[], rows: number[][], top: number}} flows
 *   partner, place, outbound, year, sums; and the amount (CNY) of the widest line
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
