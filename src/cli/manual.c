/* manual - roff by the rules of man(7): every text is escaped, lines never start a
 * request. */
#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

#include "config.h"

void
manual_text(const char *text)
{
	if (*text == '.' || *text == '\'')
		printf("\\&");
	for (; *text; text++)
		switch (*text) {
		case '\\':
			printf("\\e");
			break;
		case '-':
			printf("\\-");
			break;
		case '"':
			printf("\\(dq");
			break;
		case '\n':
			printf(text[1] == '.' || text[1] == '\'' ? "\n\\&" : "\n");
			break;
		default:
			putchar(*text);
		}
}

void
manual_head(const char *title, const char *section, const char *name)
{
	printf(".\\\" Made from the program's tables; do not edit.\n"
	       ".TH %s %s \"\" \"%s\" \"lariat manual\"\n.SH NAME\n",
	       title, section, PACKAGE_STRING);
	printf("%.*s \\- ", (int)strcspn(name, " "), name);
	manual_text(strstr(name, " - ") + 3);
	putchar('\n');
}

void
manual_section(const char *name)
{
	printf(".SH \"");
	for (; *name; name++)
		if (*name != '"' && *name != '\\')
			putchar(*name >= 'a' && *name <= 'z' ? *name - 32 : *name);
	printf("\"\n");
}

void
manual_paragraph(const char *text)
{
	printf(".PP\n");
	manual_text(text);
	putchar('\n');
}

void
manual_item(const char *term, const char *text)
{
	printf(".TP\n\\fB");
	manual_text(term + strspn(term, " "));
	printf("\\fR\n");
	manual_text(text);
	putchar('\n');
}

void
manual_example(const char *line, const char *what)
{
	printf(".PP\n.RS 4\n.nf\n\\fB");
	manual_text(line);
	printf("\\fR\n.fi\n.RE\n");
	if (what) {
		printf(".RS 8\n");
		manual_text(what);
		printf("\n.RE\n");
	}
}
