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
 * @property {{stands: number[]|null, version: string}} [camera] zoom, east and north in km as
 *   the link has them, null for all of the frame; only a map with it writes to the link
 * @property {Asked} [asked] a question to the cube in place of the numbers above and of `flows`;
 *   with `strip` the question that these numbers answer
 * @property {Strip} [strip] sums of years and sectors, from a server that adds up; a cube beside
 *   it holds groups of records without lines, and may be missing
 * @property {{ways: string, colour: string, most: string}} [lines] with `asked`: which lines are
 *   drawn ("between", "inbound", "outbound"), what their colour says ("direction", "sector"), how
 *   many ("all" or a number)
 * @property {"own"|"en"|"zh"|"both"} [names] language of the names on the map
 * @property {boolean} [drill] whether a click on a unit that has parts opens it
 * @property {Record<string, {key: string, text?: string}>} [parts] what travels once, packed: the
 *   `cube` without what its `units` hold (areas and their cells), the `legend` (a `Legend` without counts), the `levels` that a unit opens to (each with
 *   `legend`, `bins` and `top`) and the `zones`; a key alone when it was sent before
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
 * @property {number[][]} rows partner, place, outbound, records, projects, CNY 10,000, width, and
 *   position of the sector that its records share, or null
 * @property {[number, number]} [rest] lines asked for and not drawn, and their CNY 10,000
 * @property {boolean} [isLater] whether the server has still to tell the lines
 *
 * @typedef {object} Asked
 * @property {number[]} years first and last, empty for no limit
 * @property {number|boolean} undated whether records without a year count
 * @property {string} date_kind which date the years are read from, or "any"
 * @property {string[]} sectors empty for all
 * @property {string[]} stages empty for all
 * @property {string} allowed one bit a record, in base 64: which pass all other filters; empty
 *   for all
 * @property {number[]} bins upper class limits
 * @property {number} top CNY that are drawn 10 pixels wide
 *
 * @typedef {object} Strip
 * @property {[number, number]} span first and last year that can be asked for
 * @property {[number, number[]][]} years sums of each year, whatever years are asked for
 * @property {[string, string, string][]} sectors id and both names
 * @property {[string, number][]} counts records of each sector, whatever sectors are asked for
 *
 * What the filters beside the map show.
 * @typedef {object} FilterData
 * @property {Record<string, string>} words fixed words, a label a field among them
 * @property {[number, number]} span first and last year that can be asked for
 * @property {Record<string, string[]|number[]|string|number>} asked values of each field, sorted;
 *   empty for all
 * @property {Record<string, number[]>} counts records of each choice, in the order of the names
 * @property {string} base one bit a record, in base 64: which pass the filters that are not here
 * @property {Record<string, {key: string, text?: string}>} parts ``names``, and ``facets`` where
 *   the map adds up for itself
 *
 * All records, a cell each: positions on the axes (-1 for nothing) and whole numbers. Units are
 * positions among the adcodes of their level in ascending order.
 * @typedef {object} Cube
 * @property {string[]} partners
 * @property {[string, string, string][]} sectors id and both names
 * @property {string[]} stages
 * @property {string[]} date_kinds
 * @property {Record<string, number[]>} areas square kilometres of the units of each level
 * @property {Record<string, number[]>} cells district, prefecture, province, partner, sector,
 *   stage, date_kind, circle, outbound, year (0 for none), projects, fen, projects_stated,
 *   amount_stated; of groups one level, sector, year, entries and these sums, and fen as text
 *   where they are too large for whole numbers
 *
 * Zones over the choropleth.
 * @typedef {object} Zones
 * @property {string} title
 * @property {[string, string]} labels what covered whole and covered in part are called
 * @property {string} marks one character a district: "1" whole, "0" in part, "-" not covered
 * @property {Record<string, string[]>} tips what to say about each district
 * @property {{id: string, name: string, region: number[], world: number[]}[]} points kilometres
 * @property {string} point_label what a label point is
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
 * @property {number|null} sector position of the sector that its records share
 * @property {number} [bend] pixels that it bends aside where another leads the other way
 * @property {{x: number, y: number}} end where it stands in the region
 * @property {number} ring pixels of the ring around a place known only coarsely, or 0
 */
export {};
