CREATE TABLE "desk"."recounts" (
	"change_id" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk"."run_items" ADD COLUMN "is_unsure" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "desk"."recounts" ADD CONSTRAINT "recounts_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "desk"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_switched" ON "desk"."changes" USING btree ("webhook_id","id") WHERE kind = 'create' or before ->> 'Active' <> after ->> 'Active';--> statement-breakpoint
CREATE INDEX "changes_readdressed" ON "desk"."changes" USING btree ("webhook_id","id") WHERE before ->> 'URL' <> after ->> 'URL';