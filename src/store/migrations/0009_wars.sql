CREATE TABLE "war_corrections" (
	"war_id" text NOT NULL,
	"guild_id" text NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"by_id" text,
	"corrected_at" timestamp with time zone NOT NULL,
	CONSTRAINT "war_corrections_war_id_person_id_pk" PRIMARY KEY("war_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "war_excuses" (
	"id" text PRIMARY KEY NOT NULL,
	"guild_id" text NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"by_id" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "war_logins" (
	"war_id" text NOT NULL,
	"person_id" text NOT NULL,
	"character" text NOT NULL,
	"guild_id" text NOT NULL,
	"region" text NOT NULL,
	"outcome" text NOT NULL,
	"first_login" timestamp with time zone,
	"last_login" timestamp with time zone,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "war_logins_war_id_person_id_character_pk" PRIMARY KEY("war_id","person_id","character")
);
--> statement-breakpoint
CREATE TABLE "war_sign_ups" (
	"war_id" text NOT NULL,
	"guild_id" text NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"character_name" text,
	"character_region" text,
	"answer" text NOT NULL,
	"reason" text,
	"answered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "war_sign_ups_war_id_person_id_pk" PRIMARY KEY("war_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "war_squad_members" (
	"war_id" text NOT NULL,
	"person_id" text NOT NULL,
	"guild_id" text NOT NULL,
	"squad_id" text NOT NULL,
	CONSTRAINT "war_squad_members_war_id_person_id_pk" PRIMARY KEY("war_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "war_squads" (
	"id" text PRIMARY KEY NOT NULL,
	"war_id" text NOT NULL,
	"guild_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "war_voice" (
	"war_id" text NOT NULL,
	"person_id" text NOT NULL,
	"guild_id" text NOT NULL,
	"present" boolean NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	CONSTRAINT "war_voice_war_id_person_id_from_at_pk" PRIMARY KEY("war_id","person_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "war_voice_followed" (
	"war_id" text NOT NULL,
	"guild_id" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	CONSTRAINT "war_voice_followed_war_id_from_at_pk" PRIMARY KEY("war_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "wars" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"guild_id" text NOT NULL,
	"schedule_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"terms" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"channel_id" text,
	"message_id" text,
	"shown_revision" integer NOT NULL,
	"shown_hash" text,
	"lease" text,
	"leased_until" timestamp with time zone,
	"next_at" timestamp with time zone,
	"failures" integer NOT NULL,
	"event_id" text,
	"event_begun_at" timestamp with time zone,
	"event_start" timestamp with time zone,
	"event_ended" boolean NOT NULL,
	"event_problem" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "war_corrections_of_a_person" ON "war_corrections" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "war_corrections_of_a_server" ON "war_corrections" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "war_corrections_by_officer" ON "war_corrections" USING btree ("by_id");--> statement-breakpoint
CREATE INDEX "war_excuses_of_a_server" ON "war_excuses" USING btree ("guild_id","until_at");--> statement-breakpoint
CREATE INDEX "war_excuses_of_a_person" ON "war_excuses" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "war_excuses_by_officer" ON "war_excuses" USING btree ("by_id");--> statement-breakpoint
CREATE INDEX "war_logins_of_a_person" ON "war_logins" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "war_logins_of_a_server" ON "war_logins" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "war_sign_ups_of_a_person" ON "war_sign_ups" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "war_sign_ups_of_a_server" ON "war_sign_ups" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "war_squads_of_a_person" ON "war_squad_members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "war_squad_members_of_a_server" ON "war_squad_members" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "squads_of_a_war" ON "war_squads" USING btree ("war_id");--> statement-breakpoint
CREATE INDEX "war_squads_of_a_server" ON "war_squads" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "war_voice_of_a_person" ON "war_voice" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "war_voice_of_a_server" ON "war_voice" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "war_voice_followed_of_a_server" ON "war_voice_followed" USING btree ("guild_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_war_at_a_time" ON "wars" USING btree ("schedule_id","starts_at");--> statement-breakpoint
CREATE INDEX "wars_of_a_server" ON "wars" USING btree ("guild_id","starts_at");--> statement-breakpoint
CREATE INDEX "war_messages_to_edit" ON "wars" USING btree ("next_at") WHERE message_id is not null and revision > shown_revision;--> statement-breakpoint
CREATE INDEX "wars_by_end" ON "wars" USING btree ("ends_at");