CREATE TABLE "sandbox"."mails" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox"."mails_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"sender" text NOT NULL,
	"recipients" jsonb NOT NULL,
	"raw" text NOT NULL
);
