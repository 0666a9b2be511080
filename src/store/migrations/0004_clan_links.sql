CREATE TABLE "clan_links" (
	"link_id" text NOT NULL,
	"discord_id" text NOT NULL,
	"region" text NOT NULL,
	"clan_id" text NOT NULL,
	CONSTRAINT "clan_links_link_id_region_clan_id_pk" PRIMARY KEY("link_id","region","clan_id")
);
--> statement-breakpoint
ALTER TABLE "clan_links" ADD CONSTRAINT "clan_links_link_id_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "links_of_a_clan" ON "clan_links" USING btree ("region","clan_id");--> statement-breakpoint
CREATE INDEX "clan_links_of_a_person" ON "clan_links" USING btree ("discord_id");