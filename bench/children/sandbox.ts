import { startSimulated } from "../../test/browser/simulated.js";

/** The bot with everything simulated, and its page. */
const { address } = await startSimulated();
process.send?.({ url: address });
