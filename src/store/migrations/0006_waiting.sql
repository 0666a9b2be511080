CREATE TABLE "crossposts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"message_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"lease" text,
	"leased_until" timestamp with time zone,
	CONSTRAINT "crossposts_message_id_unique" UNIQUE("message_id")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "due_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "lends_account" boolean;--> statement-breakpoint
ALTER TABLE "panels" ADD COLUMN "shown_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "crossposts_of_a_channel" ON "crossposts" USING btree ("channel_id","id");