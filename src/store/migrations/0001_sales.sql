CREATE TABLE "sales_pages" (
	"region" text NOT NULL,
	"item_id" text NOT NULL,
	"number" integer NOT NULL,
	"newest_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"packed" text NOT NULL,
	CONSTRAINT "sales_pages_region_item_id_number_pk" PRIMARY KEY("region","item_id","number")
);
--> statement-breakpoint
CREATE TABLE "sales_stretches" (
	"region" text NOT NULL,
	"item_id" text NOT NULL,
	"revision" integer NOT NULL,
	"count" integer NOT NULL,
	"whole" boolean NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_stretches_region_item_id_pk" PRIMARY KEY("region","item_id")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "fee_percent" double precision;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "energy_price" double precision;--> statement-breakpoint
CREATE INDEX "sales_pages_by_age" ON "sales_pages" USING btree ("newest_at");