export { changesOf, emissionState, type EmissionChange, type EmissionState, type Sighting } from "./changes.js";
export { emissionEvent, type EmissionEvent } from "./event.js";
export { emissionFigures, FEWEST, gapsOf, type EmissionFigures, type Gap } from "./figures.js";
export { ASSUMED_LENGTH_MS, BOOST_MS } from "./lengths.js";
export { emissionRule, STAGES, type EmissionRule, type Stage } from "./rule.js";
export { tellingOf, type Telling } from "./telling.js";
export { emissionWatcher } from "./watcher.js";
