CREATE TABLE "desk"."recoveries" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"business_id" bigint NOT NULL,
	"name" text NOT NULL,
	"by" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"is_on" boolean NOT NULL,
	"good_checks" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone,
	"problem" text,
	"restarts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"key" text NOT NULL,
	"is_switching" boolean DEFAULT false NOT NULL,
	"claim" text,
	"claimed_until" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "recoveries_due" ON "desk"."recoveries" USING btree ("is_on","due_at");