CREATE TABLE "desk"."firings" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"week" integer NOT NULL,
	"bits" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."incident_members" ADD COLUMN "silence" jsonb;--> statement-breakpoint
ALTER TABLE "desk"."watched" ADD COLUMN "silence" jsonb;--> statement-breakpoint
CREATE INDEX "watched_silent" ON "desk"."watched" USING btree ("webhook_id") WHERE "desk"."watched"."silence" is not null;