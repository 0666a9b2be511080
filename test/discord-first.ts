// Of two HTTP clients in a process, both take the connections of the one that was loaded first. That of discord.js sends its
// files as forms that ours does not know: it comes first in every worker, before any test.
import "discord.js";
