export {
  ClanDirectory,
  type ClanDirectoryOptions,
  type ClanEntry,
  type ClanList,
  type ClanPlace,
} from "./directory.js";
