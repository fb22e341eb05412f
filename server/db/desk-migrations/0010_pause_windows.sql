CREATE TABLE "desk"."pause_windows" (
	"id" text PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"reason" text,
	"days" jsonb NOT NULL,
	"from_time" text NOT NULL,
	"until_time" text NOT NULL,
	"zone" text NOT NULL,
	"webhooks" jsonb NOT NULL,
	"begins_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"problem" text,
	"claim" text,
	"claimed_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "desk"."pauses" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "desk"."pauses" ADD COLUMN "window_id" text;--> statement-breakpoint
CREATE INDEX "pause_windows_due" ON "desk"."pause_windows" USING btree ("due_at");