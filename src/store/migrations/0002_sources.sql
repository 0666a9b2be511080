-- Nothing tells which API the sales came from that are there: kept, they would stay mixed. They are read again when they are asked for.
DELETE FROM "sales_pages";--> statement-breakpoint
DELETE FROM "sales_stretches";--> statement-breakpoint
ALTER TABLE "sales_pages" ADD COLUMN "source" text NOT NULL;--> statement-breakpoint
ALTER TABLE "sales_stretches" ADD COLUMN "source" text NOT NULL;--> statement-breakpoint
ALTER TABLE "sales_pages" DROP CONSTRAINT "sales_pages_region_item_id_number_pk";--> statement-breakpoint
ALTER TABLE "sales_stretches" DROP CONSTRAINT "sales_stretches_region_item_id_pk";--> statement-breakpoint
ALTER TABLE "sales_pages" ADD CONSTRAINT "sales_pages_source_region_item_id_number_pk" PRIMARY KEY("source","region","item_id","number");--> statement-breakpoint
ALTER TABLE "sales_stretches" ADD CONSTRAINT "sales_stretches_source_region_item_id_pk" PRIMARY KEY("source","region","item_id");
