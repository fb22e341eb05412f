ALTER TABLE "desk"."runs" ALTER COLUMN "title" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "desk"."run_items" ADD COLUMN "why" jsonb;--> statement-breakpoint
ALTER TABLE "desk"."runs" ADD COLUMN "what" jsonb;