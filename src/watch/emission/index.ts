export { changesOf, emissionState, type EmissionChange, type EmissionState, type Sighting } from "./changes.js";
export { emissionEvent, type EmissionEvent } from "./event.js";
export { emissionFigures, FEWEST, gapsOf, type EmissionFigures } from "./figures.js";
export { BOOST_MS } from "./lengths.js";
export { emissionRule, STAGES, type Stage } from "./rule.js";
export { tellingOf } from "./telling.js";
export { emissionWatcher } from "./watcher.js";
