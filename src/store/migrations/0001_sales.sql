CREATE TABLE "sales" (
	"region" text NOT NULL,
	"item_id" text NOT NULL,
	"sold_at" timestamp with time zone NOT NULL,
	"amount" integer NOT NULL,
	"price" double precision NOT NULL,
	"quality" smallint NOT NULL,
	"level" smallint NOT NULL,
	"studied" double precision
);
--> statement-breakpoint
CREATE TABLE "sales_stretches" (
	"region" text NOT NULL,
	"item_id" text NOT NULL,
	"revision" integer NOT NULL,
	"count" integer NOT NULL,
	"whole" boolean NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_stretches_region_item_id_pk" PRIMARY KEY("region","item_id")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "fee_percent" double precision;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "energy_price" double precision;--> statement-breakpoint
CREATE INDEX "sales_of_an_item" ON "sales" USING btree ("region","item_id","sold_at");--> statement-breakpoint
CREATE INDEX "sales_by_age" ON "sales" USING btree ("sold_at");