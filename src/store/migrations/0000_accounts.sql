CREATE TABLE "link_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"discord_id" text NOT NULL,
	"discord_name" "bytea" NOT NULL,
	"locale" text NOT NULL,
	"application_id" text NOT NULL,
	"interaction_token" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" text PRIMARY KEY NOT NULL,
	"discord_id" text NOT NULL,
	"exbo_id" text NOT NULL,
	"login" text NOT NULL,
	"access_token" "bytea" NOT NULL,
	"refresh_token" "bytea",
	"key_id" text NOT NULL,
	"access_expires_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"is_main" boolean NOT NULL,
	"character_id" text,
	"character_name" text,
	"character_region" text,
	"linked_at" timestamp with time zone NOT NULL,
	"refreshed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "links_exbo_id_unique" UNIQUE("exbo_id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"discord_id" text PRIMARY KEY NOT NULL,
	"region" text,
	"language" text,
	"private_answers" boolean,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "servers" (
	"guild_id" text PRIMARY KEY NOT NULL,
	"region" text,
	"language" text,
	"left_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "attempts_of_a_person" ON "link_attempts" USING btree ("discord_id");--> statement-breakpoint
CREATE INDEX "attempts_by_expiry" ON "link_attempts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "links_of_a_person" ON "links" USING btree ("discord_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_main_link" ON "links" USING btree ("discord_id") WHERE is_main;