CREATE TABLE "role_graces" (
	"source" text NOT NULL,
	"guild_id" text NOT NULL,
	"discord_id" text NOT NULL,
	"role_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "role_graces_source_guild_id_discord_id_role_id_pk" PRIMARY KEY("source","guild_id","discord_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "role_mappings" (
	"source" text NOT NULL,
	"guild_id" text NOT NULL,
	"region" text NOT NULL,
	"clan_id" text NOT NULL,
	"rank" text NOT NULL,
	"role_id" text NOT NULL,
	CONSTRAINT "role_mappings_source_guild_id_region_clan_id_rank_role_id_pk" PRIMARY KEY("source","guild_id","region","clan_id","rank","role_id")
);
--> statement-breakpoint
CREATE TABLE "role_matches" (
	"source" text NOT NULL,
	"guild_id" text NOT NULL,
	"region" text NOT NULL,
	"clan_id" text NOT NULL,
	"name" text NOT NULL,
	"discord_id" text NOT NULL,
	"origin" text NOT NULL,
	"matched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "role_matches_source_guild_id_region_clan_id_name_pk" PRIMARY KEY("source","guild_id","region","clan_id","name")
);
--> statement-breakpoint
CREATE TABLE "role_rosters" (
	"source" text NOT NULL,
	"guild_id" text NOT NULL,
	"region" text NOT NULL,
	"clan_id" text NOT NULL,
	"members" jsonb NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "role_rosters_source_guild_id_region_clan_id_pk" PRIMARY KEY("source","guild_id","region","clan_id")
);
--> statement-breakpoint
CREATE TABLE "role_servers" (
	"source" text NOT NULL,
	"guild_id" text NOT NULL,
	"nickname" text,
	"lease" text,
	"leased_until" timestamp with time zone,
	CONSTRAINT "role_servers_source_guild_id_pk" PRIMARY KEY("source","guild_id")
);
--> statement-breakpoint
CREATE INDEX "role_graces_of_a_person" ON "role_graces" USING btree ("discord_id");--> statement-breakpoint
CREATE INDEX "role_matches_of_a_person" ON "role_matches" USING btree ("discord_id");