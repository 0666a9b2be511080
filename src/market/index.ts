export { median, offers, sales, unitPrice, type Deal, type Offers, type Sales } from "./prices.js";
