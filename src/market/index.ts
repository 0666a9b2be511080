export { median, offers, sales, unitPrice, type Offers, type Sales } from "./prices.js";
