import type { Database } from "../database.js";
import { Excuses } from "./excuses.js";
import { WarMessages } from "./messages.js";
import { WarPeople } from "./people.js";
import { Presence } from "./presence.js";
import { WarEvents } from "./events.js";
import { SignUps } from "./sign-ups.js";
import { Squads } from "./squads.js";
import { WarRows } from "./wars.js";

/** Clan wars of servers, and who came. Their schedules are watches. */
export class WarStore {
  readonly wars: WarRows;
  readonly signUps: SignUps;
  readonly squads: Squads;
  readonly excuses: Excuses;
  readonly presence: Presence;
  readonly messages: WarMessages;
  readonly events: WarEvents;
  readonly people: WarPeople;

  constructor(database: Database, source: string) {
    this.wars = new WarRows(database, source);
    this.signUps = new SignUps(database);
    this.squads = new Squads(database);
    this.excuses = new Excuses(database);
    this.presence = new Presence(database, source);
    this.messages = new WarMessages(database);
    this.events = new WarEvents(database);
    this.people = new WarPeople(database, source);
  }
}
