export { attendees, type Attendee, type Known } from "./attendance.js";
export type { Preset } from "./presets.js";
export type { Counts, WarStats } from "./stats.js";
export { EventKeeper } from "./event-keeper.js";
export type { EventOutcome, EventShown, EventText, ScheduledEvents, VoicePlace, VoiceProbe } from "./ports.js";
export { TERMS, type Battle, type ScheduleTerms } from "./terms.js";
export { readRoll, type Evidence, type Roll, type War } from "./war.js";
export type { Schedule } from "./schedule.js";
export { Wars, type AddedSchedule, type Answered, type Attendance, type WarsOptions } from "./wars.js";
export { VoiceFollower } from "./voice-follower.js";
export { warWatcher, type WarWatcherOptions } from "./watcher.js";
export { Witness } from "./witness.js";
export type {
  Answer,
  Correction,
  Excuse,
  GivenAnswer,
  NamedPerson,
  SignUp,
  Squad,
  Verdict,
  WarState,
} from "../store/index.js";
