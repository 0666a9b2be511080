CREATE TABLE "discord_holds" (
	"bot" text PRIMARY KEY NOT NULL,
	"held_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "point_accounts" (
	"credential" text PRIMARY KEY NOT NULL,
	"point_limit" integer,
	"window_number" integer NOT NULL,
	"window_end" timestamp with time zone,
	"spent" integer NOT NULL,
	"frozen_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "shared_answers" (
	"key" text PRIMARY KEY NOT NULL,
	"body" text,
	"answered_at" timestamp with time zone,
	"claim" text,
	"claimed_until" timestamp with time zone,
	"urgent" boolean NOT NULL,
	"kept_until" timestamp with time zone NOT NULL
);
