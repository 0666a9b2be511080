CREATE TABLE "deliveries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"watch_id" text,
	"owner_id" text NOT NULL,
	"guild_id" text,
	"event" jsonb NOT NULL,
	"role_id" text,
	"crosspost" boolean NOT NULL,
	"silent" boolean NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"too_late_at" timestamp with time zone,
	"held" boolean NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"begun_at" timestamp with time zone,
	"nonce" text NOT NULL,
	"ended_at" timestamp with time zone,
	"message_id" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "observed_emissions" (
	"source" text NOT NULL,
	"region" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"previous_start" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_is_sure" boolean NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "observed_emissions_source_region_started_at_pk" PRIMARY KEY("source","region","started_at")
);
--> statement-breakpoint
CREATE TABLE "panels" (
	"channel_id" text NOT NULL,
	"source" text NOT NULL,
	"region" text NOT NULL,
	"guild_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"locale" text NOT NULL,
	"message_id" text,
	"shown_hash" text,
	"version" integer NOT NULL,
	"shown_version" integer NOT NULL,
	"lease" text,
	"leased_until" timestamp with time zone,
	"next_at" timestamp with time zone,
	"failures" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	CONSTRAINT "panels_channel_id_source_region_pk" PRIMARY KEY("channel_id","source","region")
);
--> statement-breakpoint
CREATE TABLE "roster_log" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"position" integer NOT NULL,
	"change" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"target" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"guild_id" text,
	"dm_channel_id" text,
	"due_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"lease" text,
	"leased_until" timestamp with time zone,
	"failures" integer NOT NULL,
	"first_failed_at" timestamp with time zone,
	"state" text NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "watch_subjects" (
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"state" jsonb,
	"due_at" timestamp with time zone NOT NULL,
	"lease" text,
	"leased_until" timestamp with time zone,
	"looked_at" timestamp with time zone,
	"failures" integer NOT NULL,
	"period_ms" integer NOT NULL,
	"points" double precision NOT NULL,
	CONSTRAINT "watch_subjects_source_kind_subject_pk" PRIMARY KEY("source","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"subject" text NOT NULL,
	"owner_id" text NOT NULL,
	"guild_id" text,
	"target" text NOT NULL,
	"role_id" text,
	"crosspost" boolean NOT NULL,
	"silent" boolean NOT NULL,
	"rule" jsonb NOT NULL,
	"memory" jsonb,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"pause_reason" text,
	"pause_told_at" timestamp with time zone,
	"snoozed_until" timestamp with time zone,
	"lifetime_days" integer,
	"expires_at" timestamp with time zone,
	"warned_at" timestamp with time zone,
	"last_told_at" timestamp with time zone,
	"touched_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "quiet_from" integer;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "quiet_until" integer;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "quiet_mode" text;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "quiet_from" integer;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "quiet_until" integer;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "quiet_mode" text;--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("target","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "deliveries_of_a_watch" ON "deliveries" USING btree ("watch_id");--> statement-breakpoint
CREATE INDEX "deliveries_of_a_person" ON "deliveries" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "deliveries_by_end" ON "deliveries" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "panels_of_a_person" ON "panels" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "panels_of_a_server" ON "panels" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "roster_log_of_a_clan" ON "roster_log" USING btree ("source","subject","at");--> statement-breakpoint
CREATE INDEX "targets_by_turn" ON "targets" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "targets_of_a_person" ON "targets" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "watch_subjects_by_turn" ON "watch_subjects" USING btree ("source","kind","due_at");--> statement-breakpoint
CREATE INDEX "watches_of_a_subject" ON "watches" USING btree ("source","kind","subject");--> statement-breakpoint
CREATE INDEX "watches_of_a_person" ON "watches" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "watches_of_a_server" ON "watches" USING btree ("guild_id");--> statement-breakpoint
CREATE INDEX "watches_by_target" ON "watches" USING btree ("target");--> statement-breakpoint
CREATE INDEX "watches_by_expiry" ON "watches" USING btree ("expires_at");