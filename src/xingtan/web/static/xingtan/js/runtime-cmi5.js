/* cmi5: the unit talks to the record store itself; here it is only opened, with the address that our server made for this launch. */
"use strict";
let current = null;
function open(given) {
  current = given.item;
  const item = told.items.find((one) => one.key === current);
  const [path, fragment] = item.href.split("#");
  const query = given.query ? `${path.includes("?") ? "&" : "?"}${given.query}` : "";
  frame.src = `${told.root}${path}${query}${fragment ? `#${fragment}` : ""}`;
  Wire.say("opened", { item: current });
}
Wire.hear.start = open;
Wire.hear.open = open;
Wire.say("ready");
