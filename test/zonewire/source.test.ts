import { expect, test } from "vitest";
import { sourceName } from "../../src/zonewire/game.js";

test.each([
  ["https://eapi.stalzone.com", "production"],
  ["https://eapi.stalcraft.net/", "production"],
  ["https://EAPI.stalzone.net", "production"],
  ["https://dapi.stalzone.com", "demo"],
  ["http://localhost:8090/api/", "localhost:8090/api"],
  ["http://localhost:8091/api", "localhost:8091/api"],
  ["https://eapi.stalzone.com.example", "eapi.stalzone.com.example"],
])("what %s tells belongs to %s", (server, name) => {
  expect(sourceName(server)).toBe(name);
});
