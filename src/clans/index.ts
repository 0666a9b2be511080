export { ClanDirectory, type ClanDirectoryOptions, type ClanEntry, type ClanList } from "./directory.js";
