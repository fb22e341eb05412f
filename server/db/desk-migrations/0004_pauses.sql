CREATE TABLE "desk"."pauses" (
	"webhook_id" bigint PRIMARY KEY NOT NULL,
	"business_id" bigint NOT NULL,
	"name" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"reason" text,
	"state" text NOT NULL,
	"key" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"problem" text,
	"settled_at" timestamp with time zone,
	"claim" text,
	"claimed_until" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "pauses_due" ON "desk"."pauses" USING btree ("state","due_at");