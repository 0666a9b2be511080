CREATE TABLE "history_characters" (
	"number" integer PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"region" text NOT NULL,
	"character_id" text,
	"name" text NOT NULL,
	"name_key" text,
	"present" "bytea",
	"figures" "bytea",
	"known_since" timestamp with time zone,
	"figures_since" timestamp with time zone,
	"read_at" timestamp with time zone,
	"absence" text,
	"last_login_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"lease" text,
	"leased_until" timestamp with time zone,
	"failures" integer NOT NULL,
	"unwanted_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "history_clan_days" (
	"source" text NOT NULL,
	"region" text NOT NULL,
	"clan_id" text NOT NULL,
	"day" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"members" integer NOT NULL,
	"level" integer NOT NULL,
	"level_points" bigint NOT NULL,
	CONSTRAINT "history_clan_days_source_region_clan_id_day_pk" PRIMARY KEY("source","region","clan_id","day")
);
--> statement-breakpoint
CREATE TABLE "history_keeps" (
	"source" text NOT NULL,
	"region" text NOT NULL,
	"clan_id" text NOT NULL,
	"person_id" text NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"refused_since" timestamp with time zone,
	CONSTRAINT "history_keeps_source_region_clan_id_person_id_pk" PRIMARY KEY("source","region","clan_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "history_members" (
	"roster_id" text NOT NULL,
	"character" integer NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "history_members_roster_id_character_pk" PRIMARY KEY("roster_id","character")
);
--> statement-breakpoint
CREATE TABLE "history_objections" (
	"source" text NOT NULL,
	"region" text NOT NULL,
	"character_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "history_objections_source_region_character_id_pk" PRIMARY KEY("source","region","character_id")
);
--> statement-breakpoint
CREATE TABLE "history_pace" (
	"source" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"spent" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "history_rosters" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"person_id" text,
	"region" text,
	"clan_id" text,
	"read_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"lease" text,
	"leased_until" timestamp with time zone,
	"failures" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "history_snapshots" (
	"at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"character" integer NOT NULL,
	"marks" smallint NOT NULL,
	"changed" "bytea" NOT NULL,
	"figures" "bytea" NOT NULL,
	CONSTRAINT "history_snapshots_character_at_pk" PRIMARY KEY("character","at")
);
--> statement-breakpoint
CREATE TABLE "history_statistics" (
	"number" smallint PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"type" text NOT NULL,
	CONSTRAINT "history_statistics_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "keeps_history" boolean;--> statement-breakpoint
ALTER TABLE "history_members" ADD CONSTRAINT "history_members_roster_id_history_rosters_id_fk" FOREIGN KEY ("roster_id") REFERENCES "public"."history_rosters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_members" ADD CONSTRAINT "history_members_character_history_characters_number_fk" FOREIGN KEY ("character") REFERENCES "public"."history_characters"("number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_snapshots" ADD CONSTRAINT "history_snapshots_character_history_characters_number_fk" FOREIGN KEY ("character") REFERENCES "public"."history_characters"("number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "history_characters_by_name" ON "history_characters" USING btree ("source","region","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "history_characters_by_id" ON "history_characters" USING btree ("source","region","character_id");--> statement-breakpoint
CREATE INDEX "history_characters_by_turn" ON "history_characters" USING btree ("source","due_at");--> statement-breakpoint
CREATE INDEX "history_characters_unwanted" ON "history_characters" USING btree ("unwanted_since") WHERE unwanted_since is not null;--> statement-breakpoint
CREATE INDEX "history_keeps_of_a_person" ON "history_keeps" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "history_members_of_a_character" ON "history_members" USING btree ("character");--> statement-breakpoint
CREATE INDEX "history_objections_by_name" ON "history_objections" USING btree ("source","region","name_key");--> statement-breakpoint
CREATE INDEX "history_rosters_by_turn" ON "history_rosters" USING btree ("source","due_at");--> statement-breakpoint
CREATE INDEX "history_rosters_of_a_clan" ON "history_rosters" USING btree ("source","region","clan_id");--> statement-breakpoint
CREATE INDEX "history_rosters_of_a_person" ON "history_rosters" USING btree ("person_id");