CREATE TABLE "claimed_interactions" (
	"id" text PRIMARY KEY NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateway_bots" (
	"bot" text PRIMARY KEY NOT NULL,
	"shard_count" integer,
	"next_count" integer,
	"identifies_left" integer,
	"identifies_reset_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "gateway_processes" (
	"bot" text NOT NULL,
	"process" text NOT NULL,
	"identity" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"pinned" jsonb,
	"knows" jsonb NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"alive_until" timestamp with time zone NOT NULL,
	CONSTRAINT "gateway_processes_bot_process_pk" PRIMARY KEY("bot","process")
);
--> statement-breakpoint
CREATE TABLE "gateway_shards" (
	"bot" text NOT NULL,
	"shard_count" integer NOT NULL,
	"shard" integer NOT NULL,
	"holder" text,
	"leased_until" timestamp with time zone,
	"up" boolean NOT NULL,
	"session_id" text,
	"resume_url" text,
	"sequence" bigint,
	"exact" boolean NOT NULL,
	"kept_at" timestamp with time zone,
	CONSTRAINT "gateway_shards_bot_shard_count_shard_pk" PRIMARY KEY("bot","shard_count","shard")
);
--> statement-breakpoint
CREATE TABLE "gateway_turns" (
	"bot" text NOT NULL,
	"row" integer NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "gateway_turns_bot_row_pk" PRIMARY KEY("bot","row")
);
